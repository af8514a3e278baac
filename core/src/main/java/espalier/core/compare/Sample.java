package espalier.core.compare;

import espalier.core.statistics.PairedTest;
import espalier.core.statistics.Summary;

/** Numbers drawn alike, one for each seed. */
public final class Sample {
  private static final double CONFIDENCE = 0.95;

  private final double[] values;
  private final Summary summary;

  /** One number or more. */
  public Sample(double... values) {
    this.values = values.clone();
    this.summary = Summary.of(values);
  }

  /** How many there are. */
  public int size() {
    return summary.count();
  }

  /** Their mean. */
  public double mean() {
    return summary.mean();
  }

  /** Their standard deviation, by n-1; 0 for one number. */
  public double deviation() {
    return summary.deviation();
  }

  /** How far either side of the mean the true one lies with 95 % confidence; 0 for one number. */
  public double margin() {
    return size() == 1 ? 0 : summary.meanInterval(CONFIDENCE).high() - mean();
  }

  /**
   * How likely means as different as these are, on either side, if nothing but luck told the two
   * apart: Student's test of the differences, pair by pair. 1 where there is no difference, or one
   * pair.
   *
   * @param other numbers of the same seeds
   */
  public double paired(Sample other) {
    return size() == 1 ? 1 : PairedTest.student(values, other.values);
  }
}
