package espalier.core.morph;

import espalier.core.nn.BatchNorm;
import espalier.core.statistics.NormalDistribution;
import java.util.Map;

/** Mean and variance of max(0, x) for normal x. */
record RectifiedNormal(double mean, double variance) {

  /** For x of this mean and deviation; a deviation may be negative or 0. */
  static RectifiedNormal of(double mean, double deviation) {
    double spread = Math.abs(deviation);
    if (spread == 0) {
      return new RectifiedNormal(Math.max(0, mean), 0);
    }
    double above = NormalDistribution.cumulative(mean / spread);
    double edge = spread * NormalDistribution.density(mean / spread);
    double first = Math.max(0, mean * above + edge);
    double second = (mean * mean + spread * spread) * above + mean * edge;
    return new RectifiedNormal(first, Math.max(0, second - first * first));
  }

  /** A batch normalisation that changes nothing, for inputs of these statistics. */
  static Map<String, double[]> normalisation(double[] means, double[] deviations) {
    double[] weight = new double[means.length];
    double[] mean = new double[means.length];
    double[] variance = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      RectifiedNormal input = of(means[c], deviations[c]);
      mean[c] = input.mean;
      variance[c] = input.variance;
      weight[c] = Math.sqrt(input.variance + BatchNorm.standard().epsilon());
    }
    return Map.of(
        GrowingNetwork.NORM_WEIGHT, weight,
        GrowingNetwork.NORM_BIAS, mean.clone(),
        GrowingNetwork.RUNNING_MEAN, mean,
        GrowingNetwork.RUNNING_VARIANCE, variance);
  }
}
