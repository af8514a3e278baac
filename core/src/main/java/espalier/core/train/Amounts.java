package espalier.core.train;

import espalier.core.io.TargetScale;
import espalier.core.nn.FeedSpec;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Regression of one value: outputs and targets are [N, 1] at mean 0 and deviation 1, their mean
 * squared difference is minimised, and measured is what they are in the target's own unit.
 *
 * @param scale from the target's unit to the network's
 */
public record Amounts(FeedSpec input, TargetScale scale) implements Task {
  /** The name of the feed of values. */
  public static final String VALUES = "values";

  private static final List<Metric> METRICS = List.of(Metric.R2, Metric.MSE);

  @Override
  public FeedSpec target() {
    return new FeedSpec(VALUES, DType.F32, Shape.of(1));
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public List<Metric> metrics() {
    return METRICS;
  }

  @Override
  public Tensor loss(Tensor output, Tensor target, Recipe recipe) {
    Tensor difference = output.sub(target);
    return difference.mul(difference).mean();
  }

  @Override
  public Measure measure() {
    return new Differences(scale);
  }

  /** Squared differences, and the variance of the targets by Welford's updates. */
  private static final class Differences implements Measure {
    private final TargetScale scale;
    private long rows;
    private double squares;
    private double mean;
    private double variance;

    Differences(TargetScale scale) {
      this.scale = scale;
    }

    @Override
    public void add(float[] output, HostData target) {
      float[] targets = ((HostData.Floats) target).values();
      for (int row = 0; row < targets.length; row++) {
        double wanted = scale.restore(targets[row]);
        double difference = scale.restore(output[row]) - wanted;
        squares += difference * difference;
        rows++;
        double step = wanted - mean;
        mean += step / rows;
        variance += step * (wanted - mean);
      }
    }

    @Override
    public Score score() {
      SequencedMap<Metric, Double> values = new LinkedHashMap<>();
      values.put(Metric.R2, 1 - squares / variance);
      values.put(Metric.MSE, squares / rows);
      return new Score(values);
    }
  }
}
