package espalier.bench;

import espalier.kernels.spi.Backend;

/**
 * A work that is compared with libtorch. The hierarchy is sealed: the peer switches over it, and
 * the compiler lists the rows it does not compute yet.
 */
public sealed interface Row extends Work permits Row.InSession, Classification {

  @Override
  Row small();

  /**
   * The work by which both engines' answers are compared and the peer's layout is chosen: itself,
   * or a smaller batch where one run takes seconds.
   */
  default Row probe() {
    return this;
  }

  /** Whether it is a whole network or cell: then its peak memory is compared too. */
  default boolean isNetwork() {
    return false;
  }

  /** A row that a session computes. */
  sealed interface InSession extends Row
      permits Product, LayerRow, NormalCell, SearchStep, TrainingStep {

    /** The work as core runs it. */
    Assembly assembly();

    @Override
    default Job open(Backend backend) {
      return new SessionJob(backend, assembly());
    }
  }
}
