package espalier.core.space;

import espalier.core.random.Philox;
import java.util.List;

/** A space in which architectures are one change apart. */
public interface Neighbourly<A> extends SearchSpace<A> {

  /** All architectures one change away, in a fixed order. */
  List<A> neighbours(A architecture);

  /**
   * Another architecture, one of the neighbours unless the space says otherwise; the same for the
   * same sequence.
   */
  A mutate(A architecture, Philox random);
}
