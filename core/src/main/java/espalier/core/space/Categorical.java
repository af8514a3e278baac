package espalier.core.space;

import java.util.List;

/**
 * A space whose architectures are made by a fixed row of decisions, each a choice among a few
 * options. Every row of choices is an architecture, and no two rows are the same one: to a strategy
 * that learns odds, such a space is a product of small sets.
 */
public interface Categorical<A> extends SearchSpace<A> {

  /** How many options each decision has. */
  List<Integer> options();

  /** The option each decision took, counted from 0. */
  int[] choices(A architecture);

  /** The architecture of these choices. */
  A ofChoices(int[] choices);
}
