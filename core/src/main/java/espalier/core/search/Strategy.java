package espalier.core.search;

/**
 * Says which candidate to try next. The caller owns the loop, the clock and the threads: it asks
 * for one trial after the other, may have several under way, and tells the outcomes in any order.
 * The answers are a pure function of the seed and of the calls so far.
 *
 * @param <A> an architecture
 */
public interface Strategy<A> {

  /**
   * What to try next.
   *
   * @param trial the number the proposed trial will have: how many were proposed before
   */
  Ask<A> ask(long trial);

  /** What became of a trial that was proposed; told once. */
  void tell(Trial<A> trial, Outcome outcome);

  /**
   * Whether a trial that was told may still be continued by one to come, or its weights inherited:
   * as long its training is kept.
   */
  default boolean mayContinue(long trial) {
    return false;
  }

  /**
   * Whether what a trial ends with depends on those it goes on from, and not on its candidate and
   * fidelity alone: then no trial repeats another.
   */
  default boolean inherits() {
    return false;
  }
}
