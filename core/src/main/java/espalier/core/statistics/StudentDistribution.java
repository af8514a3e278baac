package espalier.core.statistics;

/**
 * Student's t distribution.
 *
 * @param freedom degrees of freedom, 1 or more
 */
public record StudentDistribution(int freedom) {
  /*
   * The distribution function for whole degrees of freedom is a finite sum of powers of cos θ, where
   * tan θ = t/√ν [Abramowitz and Stegun 1964, 26.7.3 and 26.7.4].
   */
  public StudentDistribution {
    if (freedom < 1) {
      throw new IllegalArgumentException(
          "Student's distribution: %d degrees of freedom, expected 1 or more".formatted(freedom));
    }
  }

  /** The probability of a value up to {@code t}. */
  public double cumulative(double t) {
    if (Double.isInfinite(t)) {
      return t > 0 ? 1 : 0;
    }
    double theta = StrictMath.atan(t / StrictMath.sqrt(freedom));
    double cosine = StrictMath.cos(theta);
    double square = cosine * cosine;
    boolean odd = freedom % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = 0;
    for (int k = odd ? 2 : 1; k < freedom; k += 2) {
      sum += term;
      term *= square * k / (k + 1);
    }
    double central =
        odd ? (theta + StrictMath.sin(theta) * sum) * 2 / Math.PI : StrictMath.sin(theta) * sum;
    return Math.clamp(0.5 + central / 2, 0, 1);
  }

  /** The probability of a value at least as far from 0 as {@code t}. */
  public double twoSided(double t) {
    return 2 * cumulative(-Math.abs(t));
  }

  /** The value that is not exceeded with probability {@code p}, which is between 0 and 1. */
  public double quantile(double p) {
    return Quantile.of(this::cumulative, p);
  }
}
