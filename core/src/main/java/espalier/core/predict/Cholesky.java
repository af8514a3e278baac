package espalier.core.predict;

/** The factor L of a symmetric positive definite matrix A = L Lᵀ, and what it solves. */
public final class Cholesky {
  /** Rows of L, each as long as it reaches. */
  private final double[][] factor;

  /**
   * Factors a matrix, of which only the lower triangle is read.
   *
   * @throws IllegalArgumentException if it is not positive definite
   */
  public Cholesky(double[][] matrix) {
    factor = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      factor[i] = new double[i + 1];
      for (int j = 0; j < i; j++) {
        factor[i][j] = (matrix[i][j] - dot(factor[i], factor[j], j)) / factor[j][j];
      }
      double square = matrix[i][i] - dot(factor[i], factor[i], i);
      if (!(square > 0)) {
        throw new IllegalArgumentException(
            "Cholesky: pivot %d is %s, expected a positive definite matrix".formatted(i, square));
      }
      factor[i][i] = Math.sqrt(square);
    }
  }

  /** L[i][j], where j ≤ i. */
  public double factor(int i, int j) {
    return factor[i][j];
  }

  /** The solution of L y = b. */
  public double[] solveLower(double[] b) {
    double[] y = new double[factor.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (b[i] - dot(factor[i], y, i)) / factor[i][i];
    }
    return y;
  }

  /** The solution of A x = b. */
  public double[] solve(double[] b) {
    double[] x = solveLower(b);
    for (int i = x.length - 1; i >= 0; i--) {
      x[i] /= factor[i][i];
      for (int j = 0; j < i; j++) {
        x[j] -= factor[i][j] * x[i];
      }
    }
    return x;
  }

  /** bᵀ A⁻¹ b. */
  public double inverseForm(double[] b) {
    double[] y = solveLower(b);
    return dot(y, y, y.length);
  }

  /** The logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < factor.length; i++) {
      sum += 2 * StrictMath.log(factor[i][i]);
    }
    return sum;
  }

  /** The inner product of the first {@code count} values. */
  static double dot(double[] a, double[] b, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
