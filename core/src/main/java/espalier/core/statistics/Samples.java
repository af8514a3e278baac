package espalier.core.statistics;

/** What every statistic here asks of its arguments. */
final class Samples {
  private Samples() {}

  /** Checks that two samples are paired, have at least {@code least} values and no NaN. */
  static void requirePaired(String name, double[] x, double[] y, int least) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "%s: %d values and %d, expected as many of both".formatted(name, x.length, y.length));
    }
    require(name, x, least);
    require(name, y, least);
  }

  /** Checks that a sample has at least {@code least} values and no NaN. */
  static void require(String name, double[] x, int least) {
    if (x.length < least) {
      throw new IllegalArgumentException(
          "%s: %d values, expected %d or more".formatted(name, x.length, least));
    }
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i])) {
        throw new IllegalArgumentException("%s: value %d is not a number".formatted(name, i));
      }
    }
  }

  /** Checks a level of confidence. */
  static void requireConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence %s, expected a number between 0 and 1".formatted(confidence));
    }
  }
}
