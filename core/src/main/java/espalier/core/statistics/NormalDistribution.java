package espalier.core.statistics;

/** The standard normal distribution. */
public final class NormalDistribution {
  /*
   * Near the middle the distribution function is the series φ(x)·(x + x³/3 + x⁵/(3·5) + …), in the
   * tails Laplace's continued fraction of Mills' ratio, both to the last digits of a double.
   */
  private static final double MIDDLE = 3;

  private static final int FRACTION_TERMS = 200;

  private NormalDistribution() {}

  /** The density at {@code x}. */
  public static double density(double x) {
    return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
  }

  /** The probability of a value up to {@code x}. */
  public static double cumulative(double x) {
    if (Math.abs(x) > MIDDLE) {
      double tail = density(x) / millsDenominator(Math.abs(x));
      return x < 0 ? tail : 1 - tail;
    }
    double term = x;
    double sum = x;
    for (int odd = 3; Math.abs(term) > Math.ulp(sum); odd += 2) {
      term *= x * x / odd;
      sum += term;
    }
    return 0.5 + density(x) * sum;
  }

  /** x + 1/(x + 2/(x + 3/(x + …))), the inverse of Mills' ratio. */
  private static double millsDenominator(double x) {
    double value = x;
    for (int k = FRACTION_TERMS; k > 0; k--) {
      value = x + k / value;
    }
    return value;
  }

  /** The value that is not exceeded with probability {@code p}, which is between 0 and 1. */
  public static double quantile(double p) {
    // The lower half has the finer numbers.
    return p > 0.5 ? -quantile(1 - p) : Quantile.of(NormalDistribution::cumulative, p);
  }
}
