package espalier.core.search;

import java.util.OptionalDouble;

/**
 * A metric that is to be large, or small.
 *
 * @param metric its name
 * @param limit the least value that will do, or the greatest where small is wanted; empty if any
 *     does
 */
public record Objective(String metric, Direction direction, OptionalDouble limit) {

  /** What is wanted of a metric. */
  public enum Direction {
    MAXIMISE,
    MINIMISE
  }

  public Objective {
    if (limit.isPresent() && !Double.isFinite(limit.getAsDouble())) {
      throw new IllegalArgumentException(
          "objective %s: limit %s, expected a finite number"
              .formatted(metric, limit.getAsDouble()));
    }
  }

  /** The larger the better. */
  public static Objective maximise(String metric) {
    return new Objective(metric, Direction.MAXIMISE, OptionalDouble.empty());
  }

  /** The smaller the better. */
  public static Objective minimise(String metric) {
    return new Objective(metric, Direction.MINIMISE, OptionalDouble.empty());
  }

  /** This objective with a value that must be reached. */
  public Objective within(double bound) {
    return new Objective(metric, direction, OptionalDouble.of(bound));
  }

  /** A value such that larger is better: the metric's own, or its negative. */
  public double score(double value) {
    return direction == Direction.MAXIMISE ? value : -value;
  }

  /** The score of an outcome that was measured. */
  public OptionalDouble score(Outcome outcome) {
    if (!(outcome instanceof Outcome.Measured(Metrics metrics))) {
      return OptionalDouble.empty();
    }
    OptionalDouble value = metrics.find(metric);
    return value.isPresent() ? OptionalDouble.of(score(value.getAsDouble())) : value;
  }

  /** Whether a value meets the limit; NaN meets none. */
  public boolean admits(double value) {
    return limit.isEmpty() || score(value) >= score(limit.getAsDouble());
  }

  /** How far a value misses the limit; 0 if it meets it. */
  public double shortfall(double value) {
    return admits(value) ? 0 : score(limit.orElseThrow()) - score(value);
  }
}
