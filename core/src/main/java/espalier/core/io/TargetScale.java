package espalier.core.io;

import java.util.Arrays;

/**
 * How the value a network answers relates to the target's own unit: {@code answer · deviation +
 * mean}, both as measured on the rows that weights were learnt from.
 */
public record TargetScale(double mean, double deviation) {
  public TargetScale {
    if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
      throw new IllegalArgumentException(
          "target: has mean %s and deviation %s; they must be finite, the deviation positive"
              .formatted(mean, deviation));
    }
  }

  /** Measures values; the deviation of a constant is 1. */
  public static TargetScale fit(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = Math.sqrt(squares / values.length);
    return new TargetScale(mean, deviation > 0 ? deviation : 1);
  }

  /** A value as a network learns it. */
  public float scaled(double value) {
    return (float) ((value - mean) / deviation);
  }

  /** What a network's answer means. */
  public double restore(float answer) {
    return answer * deviation + mean;
  }
}
