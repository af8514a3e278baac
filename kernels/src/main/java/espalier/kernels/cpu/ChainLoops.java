package espalier.kernels.cpu;

/**
 * Chains that run down the columns of row-major matrices, whose rows are {@code pitch} apart. Each
 * chain goes on from what {@code y} holds.
 */
interface ChainLoops {

  /** {@code y[c] = y[c] + x[r, c]} for r = 0, 1, …, rows − 1 in order. */
  void addRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0);

  /** {@code y[c] = max(y[c], x[r, c])} for r = 0, 1, …, rows − 1 in order. */
  void maxRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0);

  /**
   * {@code y[m2 + c] = fma(d, d, y[m2 + c])} with {@code d = x[r, c] − y[c]} for r = 0, 1, …, rows
   * − 1 in order.
   */
  void addSquares(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0, int m2);

  /** {@link #addRows} for four contiguous matrices and their chains, some step apart. */
  void addFour(int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep);

  /** {@link #addSquares} for four contiguous matrices and their chains, some step apart. */
  void addFourSquares(
      int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep, int m2);
}
