package espalier.core.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What was measured on a part of the data.
 *
 * @param values of the task's metrics, the leading one first
 */
public record Score(SequencedMap<Metric, Double> values) {
  public Score {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /** The metric that epochs and candidates are compared by. */
  public Metric leading() {
    return values.firstEntry().getKey();
  }

  /** The value of {@link #leading}. */
  public double leadingValue() {
    return values.firstEntry().getValue();
  }

  /** The value of one of the task's metrics. */
  public double value(Metric metric) {
    Double value = ((Map<Metric, Double>) values).get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "score: no %s, expected one of %s"
              .formatted(metric.name(), values.keySet().stream().map(Metric::name).toList()));
    }
    return value;
  }
}
