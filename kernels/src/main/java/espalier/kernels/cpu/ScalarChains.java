package espalier.kernels.cpu;

import java.util.Arrays;

/** {@link ChainLoops} in plain Java. */
final class ScalarChains implements ChainLoops {

  @Override
  public void addRows(int rows, int columns, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < rows; r++) {
      int row = x0 + r * columns;
      for (int c = 0; c < columns; c++) {
        y[y0 + c] += x[row + c];
      }
    }
  }

  @Override
  public void maxRows(int rows, int columns, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < rows; r++) {
      int row = x0 + r * columns;
      for (int c = 0; c < columns; c++) {
        y[y0 + c] = Math.max(y[y0 + c], x[row + c]);
      }
    }
  }

  @Override
  public void sums(
      int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch) {
    for (int p = 0; p < parts; p++) {
      int to = y0 + p * pitch;
      Arrays.fill(y, to, to + columns, 0);
      addRows(rows, columns, x, x0 + p * rows * columns, y, to);
    }
  }

  @Override
  public void squares(
      int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch) {
    for (int p = 0; p < parts; p++) {
      int mean = y0 + p * pitch;
      int to = mean + columns;
      Arrays.fill(y, to, to + columns, 0);
      for (int r = 0; r < rows; r++) {
        int row = x0 + (p * rows + r) * columns;
        for (int c = 0; c < columns; c++) {
          float d = x[row + c] - y[mean + c];
          y[to + c] = Math.fma(d, d, y[to + c]);
        }
      }
    }
  }
}
