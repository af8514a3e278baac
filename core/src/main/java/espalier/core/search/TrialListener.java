package espalier.core.search;

/** Hears of a search, trial by trial; may ask it to stop. */
public interface TrialListener<A> {

  /** An outcome was told to the strategy: what a journal keeps. */
  default void told(History.Entry<A> entry) {}

  /** Asked before each outcome is told; {@code true} ends the search. */
  default boolean isCancelled() {
    return false;
  }

  /** A listener that does nothing. */
  static <A> TrialListener<A> none() {
    return new TrialListener<>() {};
  }
}
