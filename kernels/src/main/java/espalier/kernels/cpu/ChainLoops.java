package espalier.kernels.cpu;

/** Chains of additions and maxima that run down the columns of row-major matrices. */
interface ChainLoops {

  /** {@code y[c] = y[c] + x[r, c]} for r = 0, 1, …, rows − 1 in order. */
  void addRows(int rows, int columns, float[] x, int x0, float[] y, int y0);

  /** {@code y[c] = max(y[c], x[r, c])} for r = 0, 1, …, rows − 1 in order. */
  void maxRows(int rows, int columns, float[] x, int x0, float[] y, int y0);

  /**
   * Sums of the columns of {@code parts} matrices that follow each other; those of matrix {@code p}
   * go to {@code y0 + p·pitch}.
   */
  void sums(int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch);

  /**
   * For each column {@code Σ (x − mean)²} as one fused chain. Means are read as {@link #sums}
   * stores its results, the sums of squares stored {@code columns} behind them.
   */
  void squares(int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch);
}
