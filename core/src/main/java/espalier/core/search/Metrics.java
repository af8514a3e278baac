package espalier.core.search;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Named numbers, such as accuracy and parameters, in a fixed order. Immutable. */
public final class Metrics {
  private static final Metrics NONE = new Metrics(List.of(), new double[0]);

  private final List<String> names;
  private final double[] values;

  private Metrics(List<String> names, double[] values) {
    this.names = names;
    this.values = values;
  }

  /** No metrics. */
  public static Metrics none() {
    return NONE;
  }

  /** One metric. */
  public static Metrics of(String name, double value) {
    return new Metrics(List.of(name), new double[] {value});
  }

  /** As many values as names. */
  public static Metrics of(List<String> names, double... values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          "metrics: %d names and %d values, expected as many"
              .formatted(names.size(), values.length));
    }
    return new Metrics(List.copyOf(names), values.clone());
  }

  /** The names, in order. */
  public List<String> names() {
    return names;
  }

  /** The value of a metric, if it is among these. */
  public OptionalDouble find(String name) {
    int index = names.indexOf(name);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(values[index]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metrics metrics
        && names.equals(metrics.names)
        && Arrays.equals(values, metrics.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return names + " = " + Arrays.toString(values);
  }
}
