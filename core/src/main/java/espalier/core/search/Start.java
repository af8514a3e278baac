package espalier.core.search;

/** What a trial starts from. */
public sealed interface Start {

  /** From nothing. */
  record Fresh() implements Start {}

  /** From where another trial of the same candidate, of lower fidelity, ended. */
  record Continue(long trial) implements Start {}
}
