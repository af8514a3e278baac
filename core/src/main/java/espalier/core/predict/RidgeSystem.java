package espalier.core.predict;

/**
 * The equations (XᵀX + λI) w = Xᵀy of centred features X [n, d], in whichever of the dimensions n
 * and d is the smaller.
 */
final class RidgeSystem {
  /*
   * With more features than examples, w = Xᵀ(XXᵀ + λI)⁻¹y, and what is left of the d × d matrix
   * follows from the n × n one by the identities of Woodbury and Sylvester.
   */
  private final double[][] rows;
  private final double penalty;
  private final boolean dual;
  private final Cholesky cholesky;

  RidgeSystem(double[][] rows, double penalty) {
    this.rows = rows;
    this.penalty = penalty;
    this.dual = rows.length < rows[0].length;
    double[][] gram = dual ? outer(rows) : outer(transposed(rows));
    for (int i = 0; i < gram.length; i++) {
      gram[i][i] += penalty;
    }
    this.cholesky = new Cholesky(gram);
  }

  /** The lower triangle of the products of all rows. */
  private static double[][] outer(double[][] rows) {
    double[][] products = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      products[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        products[i][j] = Cholesky.dot(rows[i], rows[j], rows[i].length);
      }
    }
    return products;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  /** w [d] for targets y [n]. */
  double[] weights(double[] y) {
    return dual ? combined(cholesky.solve(y)) : cholesky.solve(combined(y));
  }

  /** Xᵀv. */
  private double[] combined(double[] v) {
    double[] sum = new double[rows[0].length];
    for (int i = 0; i < v.length; i++) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += rows[i][j] * v[i];
      }
    }
    return sum;
  }

  /** yᵀ(I + XXᵀ/λ)⁻¹y: how much of the targets the weights leave, their penalty included. */
  double unexplained(double[] y) {
    return dual
        ? penalty * cholesky.inverseForm(y)
        : Cholesky.dot(y, y, y.length) - cholesky.inverseForm(combined(y));
  }

  /** log |I + XXᵀ/λ|. */
  double logDeterminant() {
    int size = dual ? rows.length : rows[0].length;
    return cholesky.logDeterminant() - size * StrictMath.log(penalty);
  }

  /** xᵀ(XᵀX + λI)⁻¹x. */
  double leverage(double[] x) {
    if (!dual) {
      return cholesky.inverseForm(x);
    }
    double[] products = new double[rows.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = Cholesky.dot(rows[i], x, x.length);
    }
    return Math.max(0, Cholesky.dot(x, x, x.length) - cholesky.inverseForm(products)) / penalty;
  }
}
