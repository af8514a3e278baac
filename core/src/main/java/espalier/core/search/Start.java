package espalier.core.search;

/** What a trial starts from. */
public sealed interface Start {

  /** From nothing. */
  record Fresh() implements Start {}

  /**
   * From where another trial, of lower fidelity, ended: one of the same candidate, or of another
   * whose training the estimator can go on with.
   */
  record Continue(long trial) implements Start {}
}
