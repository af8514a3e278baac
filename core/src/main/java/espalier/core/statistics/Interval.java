package espalier.core.statistics;

/** What lies between two numbers, ends included. */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "interval: from %s to %s, expected the lower end first".formatted(low, high));
    }
  }

  /** Whether a number lies in it. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
