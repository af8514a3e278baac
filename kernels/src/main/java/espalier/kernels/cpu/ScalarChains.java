package espalier.kernels.cpu;

/** {@link ChainLoops} in plain Java. */
final class ScalarChains implements ChainLoops {
  private static final int FOUR = 4;

  @Override
  public void addRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < rows; r++) {
      int row = x0 + r * pitch;
      for (int c = 0; c < columns; c++) {
        y[y0 + c] += x[row + c];
      }
    }
  }

  @Override
  public void maxRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < rows; r++) {
      int row = x0 + r * pitch;
      for (int c = 0; c < columns; c++) {
        y[y0 + c] = Math.max(y[y0 + c], x[row + c]);
      }
    }
  }

  @Override
  public void addSquares(
      int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0, int m2) {
    for (int r = 0; r < rows; r++) {
      int row = x0 + r * pitch;
      for (int c = 0; c < columns; c++) {
        float d = x[row + c] - y[y0 + c];
        y[y0 + m2 + c] = Math.fma(d, d, y[y0 + m2 + c]);
      }
    }
  }

  @Override
  public void addFour(
      int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    for (int s = 0; s < FOUR; s++) {
      addRows(rows, columns, columns, x, x0 + s * xStep, y, y0 + s * yStep);
    }
  }

  @Override
  public void addFourSquares(
      int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep, int m2) {
    for (int s = 0; s < FOUR; s++) {
      addSquares(rows, columns, columns, x, x0 + s * xStep, y, y0 + s * yStep, m2);
    }
  }
}
