package espalier.core.space;

import java.util.Arrays;
import java.util.List;

/**
 * A space whose architectures are made by a fixed row of decisions, each a choice among a few
 * options. Every row of choices is an architecture.
 *
 * <p>A decision may come up only where others before it in the row took certain options. One that
 * does not come up says nothing: rows that differ only there are the same architecture. All others
 * are different ones.
 */
public interface Categorical<A> extends SearchSpace<A> {

  /** How many options each decision has. */
  List<Integer> options();

  /** The option each decision took, counted from 0; 0 where it does not come up. */
  int[] choices(A architecture);

  /**
   * The architecture of these choices, whatever they are where a decision does not come up; of the
   * {@link #choices} of an architecture, that architecture.
   */
  A ofChoices(int[] choices);

  /**
   * Which decisions come up in a row of choices. Whether one does follows from the choices before
   * it; the first always does.
   */
  default boolean[] active(int[] choices) {
    boolean[] active = new boolean[choices.length];
    Arrays.fill(active, true);
    return active;
  }
}
