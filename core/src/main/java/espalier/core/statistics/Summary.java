package espalier.core.statistics;

/**
 * A sample in brief.
 *
 * @param mean its arithmetic mean
 * @param deviation its standard deviation, with n − 1 in the denominator; 0 for one value
 */
public record Summary(int count, double mean, double deviation) {

  /** The summary of one or more values. */
  public static Summary of(double... values) {
    Samples.require("summary", values, 1);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Summary(values.length, mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
  }

  /** The standard error of the mean. */
  public double standardError() {
    return deviation / Math.sqrt(count);
  }

  /** Where the mean of the population lies with this confidence, by Student's t; of two values. */
  public Interval meanInterval(double confidence) {
    Samples.requireConfidence(confidence);
    if (count < 2) {
      throw new IllegalArgumentException("interval of a mean: 1 value, expected 2 or more");
    }
    double quantile = new StudentDistribution(count - 1).quantile((1 + confidence) / 2);
    double half = quantile * standardError();
    return new Interval(mean - half, mean + half);
  }
}
