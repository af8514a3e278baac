package espalier.core.search;

/** What a trial starts from. */
public sealed interface Start {

  /** From nothing. */
  record Fresh() implements Start {}

  /**
   * From where another trial, of lower fidelity, ended: one of the same candidate, or of another
   * whose training the estimator can go on with.
   *
   * @param trial the other one
   * @param from its fidelity, which need not be paid for again
   * @param first the trial that began from nothing
   */
  record Continue(long trial, Fidelity from, long first) implements Start {

    /** From where a trial ended. */
    public static Continue of(Trial<?> before) {
      long first = before.start() instanceof Continue earlier ? earlier.first() : before.number();
      return new Continue(before.number(), before.fidelity(), first);
    }
  }

  /**
   * With weights that come from those another trial ended with.
   *
   * @param trial the other one
   */
  record Inherit(long trial, Inheritance how) implements Start {}
}
