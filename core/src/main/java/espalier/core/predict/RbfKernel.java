package espalier.core.predict;

/**
 * exp(−|a − b|²/(2ℓ²)).
 *
 * @param length ℓ, more than 0
 */
public record RbfKernel(double length) implements Kernel<double[]> {
  public RbfKernel {
    if (!(length > 0)) {
      throw new IllegalArgumentException(
          "RBF kernel: length %s, expected more than 0".formatted(length));
    }
  }

  @Override
  public double covariance(double[] a, double[] b) {
    return StrictMath.exp(-squaredDistance(a, b) / (2 * length * length));
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
