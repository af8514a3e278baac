package espalier.core.statistics;

/** The regularised incomplete beta function, behind the tails of Student's distribution. */
final class IncompleteBeta {
  /*
   * Its continued fraction in Lentz's form [Press et al.: Numerical Recipes, 6.4]. The fraction
   * converges fast below the mean of the distribution; above, the other tail is taken.
   */
  private static final double ENOUGH = 1e-15;

  private static final int MOST_TERMS = 10_000;
  private static final double TINY = 1e-300;

  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private IncompleteBeta() {}

  /** The share of the beta distribution of (a, b) up to {@code x}. */
  static double regularised(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return Math.clamp(x, 0, 1);
    }
    double logFront =
        logGamma(a + b)
            - logGamma(a)
            - logGamma(b)
            + a * StrictMath.log(x)
            + b * StrictMath.log1p(-x);
    double front = StrictMath.exp(logFront);
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m < MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      value *= d * c;
      if (Math.abs(d * c - 1) < ENOUGH) {
        break;
      }
    }
    return value;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** The logarithm of the gamma function of a positive number [Lanczos 1964]. */
  private static double logGamma(double x) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double base = x + 6.5;
    return (x - 0.5) * StrictMath.log(base)
        - base
        + StrictMath.log(StrictMath.sqrt(2 * Math.PI) * sum);
  }
}
