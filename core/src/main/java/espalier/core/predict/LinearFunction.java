package espalier.core.predict;

/**
 * A linear function through the middle of what it was learnt from.
 *
 * @param middle the mean of the features
 * @param weights of the features
 * @param level the value at the middle
 */
record LinearFunction(double[] middle, double[] weights, double level) implements Fit<double[]> {
  @Override
  public double mean(double[] input) {
    return level + Cholesky.dot(weights, centred(input), weights.length);
  }

  double[] centred(double[] input) {
    Examples.requireLength(input, middle.length);
    return difference(input, middle);
  }

  static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int j = 0; j < a.length; j++) {
      difference[j] = a[j] - b[j];
    }
    return difference;
  }
}
