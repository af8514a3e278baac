package espalier.core.predict;

/**
 * Targets with mean 0 and deviation 1, and the way back.
 *
 * @param values the standardised targets; zeros if the targets are equal
 * @param mean of the targets
 * @param scale their standard deviation, with n in the denominator; 1 if they are equal
 */
record Standardised(double[] values, double mean, double scale) {
  static Standardised of(double[] targets) {
    double mean = 0;
    for (double target : targets) {
      mean += target / targets.length;
    }
    double variance = 0;
    for (double target : targets) {
      variance += (target - mean) * (target - mean) / targets.length;
    }
    double scale = variance > 0 ? Math.sqrt(variance) : 1;
    double[] values = new double[targets.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (targets[i] - mean) / scale;
    }
    return new Standardised(values, mean, scale);
  }

  /** The target that a standardised value stands for. */
  double restore(double value) {
    return mean + scale * value;
  }
}
