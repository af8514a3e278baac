package espalier.core.search;

/** What a trial starts from. */
public sealed interface Start {

  /** From nothing. */
  record Fresh() implements Start {}

  /**
   * From where another trial of the same candidate, of lower fidelity, ended.
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
   * From where another trial, of lower fidelity, ended: of another candidate, or of one that went
   * on with another's training before. The estimator must be able to go on with it.
   *
   * @param trial the other one
   * @param from its fidelity, which need not be paid for again
   */
  record Adopt(long trial, Fidelity from) implements Start {

    /** From where a trial ended. */
    public static Adopt of(Trial<?> before) {
      return new Adopt(before.number(), before.fidelity());
    }
  }

  /**
   * With weights that come from those another trial ended with.
   *
   * @param trial the other one
   */
  record Inherit(long trial, Inheritance how) implements Start {}
}
