package espalier.core.statistics;

/**
 * Student's t distribution.
 *
 * @param freedom degrees of freedom, 1 or more
 */
public record StudentDistribution(int freedom) {
  public StudentDistribution {
    if (freedom < 1) {
      throw new IllegalArgumentException(
          "Student's distribution: %d degrees of freedom, expected 1 or more".formatted(freedom));
    }
  }

  /** The probability of a value up to {@code t}. */
  public double cumulative(double t) {
    double tail = twoSided(t) / 2;
    return t > 0 ? 1 - tail : tail;
  }

  /** The probability of a value at least as far from 0 as {@code t}; exact far out too. */
  public double twoSided(double t) {
    return IncompleteBeta.regularised(freedom / (freedom + t * t), freedom / 2.0, 0.5);
  }

  /** The value that is not exceeded with probability {@code p}, which is between 0 and 1. */
  public double quantile(double p) {
    return Quantile.of(this::cumulative, p);
  }
}
