package espalier.core.space;

import espalier.core.random.Philox;

/** A space in which two architectures have children. */
public interface Crossable<A> extends SearchSpace<A> {

  /**
   * A child, each part of which is its mother's or its father's; the same for the same sequence.
   */
  A cross(A mother, A father, Philox random);
}
