package espalier.core.compare;

import java.util.Arrays;

/** Numbers drawn alike, one for each seed. */
public final class Sample {
  private static final double CONFIDENCE = 0.95;

  private final double[] values;

  /** One number or more. */
  public Sample(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("sample: found no numbers, expected one or more");
    }
    this.values = values.clone();
  }

  /** How many there are. */
  public int size() {
    return values.length;
  }

  /** Their mean. */
  public double mean() {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Their standard deviation, by n-1; 0 for one number. */
  public double deviation() {
    double mean = mean();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  /** How far either side of the mean the true one lies with 95 % confidence; 0 for one number. */
  public double margin() {
    return values.length == 1
        ? 0
        : StudentT.within(CONFIDENCE, values.length - 1) * deviation() / Math.sqrt(values.length);
  }

  /**
   * How likely means as different as these are, on either side, if nothing but luck told the two
   * apart: Student's test of the differences, pair by pair. 1 where there is no difference.
   *
   * @param other numbers of the same seeds
   */
  public double paired(Sample other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "sample: %d numbers to pair with %d, expected as many"
              .formatted(other.values.length, values.length));
    }
    double[] differences = new double[values.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i] - other.values[i];
    }
    Sample sample = new Sample(differences);
    double mean = sample.mean();
    double error = sample.deviation() / Math.sqrt(values.length);
    if (mean == 0 || values.length == 1) {
      return 1;
    }
    return error == 0 ? 0 : StudentT.twoSided(mean / error, values.length - 1);
  }
}
