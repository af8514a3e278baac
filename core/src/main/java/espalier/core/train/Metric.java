package espalier.core.train;

import java.util.Locale;

/**
 * Something that is measured on examples.
 *
 * @param name {@code accuracy} for one
 * @param direction which values are better
 */
public record Metric(String name, Direction direction) {
  /** Share of the examples whose class is told right. */
  public static final Metric ACCURACY = new Metric("accuracy", Direction.MAXIMISE);

  /** Mean cross-entropy in nats. */
  public static final Metric LOSS = new Metric("loss", Direction.MINIMISE);

  /**
   * Mean over classes of the harmonic mean of precision and recall; 0 for a class that is never
   * told right.
   */
  public static final Metric MACRO_F1 = new Metric("macroF1", Direction.MAXIMISE);

  /** Share of the targets' variance that outputs explain: 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
  public static final Metric R2 = new Metric("r2", Direction.MAXIMISE);

  /** Mean squared error, in the square of the target's unit. */
  public static final Metric MSE = new Metric("mse", Direction.MINIMISE);

  /** What is better. */
  public enum Direction {
    /** More is better. */
    MAXIMISE,
    /** Less is better. */
    MINIMISE;

    /** Whether a value is better than another; what is no number is never better. */
    public boolean isBetter(double value, double other) {
      return this == MAXIMISE ? value > other : value < other;
    }

    /** What every number is better than. */
    public double worst() {
      return this == MAXIMISE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  /** The name of this metric on a part of the data: {@code validAccuracy} for one. */
  public String on(String part) {
    return part + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
