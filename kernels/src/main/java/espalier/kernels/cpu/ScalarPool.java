package espalier.kernels.cpu;

/** {@link PoolLoops} in plain Java. */
final class ScalarPool implements PoolLoops {

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void largest(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    pick(window, patch, x, x0, x, x0, y, y0);
  }

  @Override
  public void locate(Window window, Patch patch, float[] x, int x0, float[] numbers, int numbers0) {
    each(
        patch,
        (from, to) -> {
          int tap = winner(window, x, x0 + from);
          numbers[numbers0 + to] = window.number(tap / window.width(), tap % window.width());
        });
  }

  @Override
  public void pick(
      Window window, Patch patch, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    each(
        patch,
        (from, to) -> {
          int tap = winner(window, x, x0 + from);
          y[y0 + to] = v[v0 + from + offset(window, tap)];
        });
  }

  /** The first NaN, else the first of the largest taps. */
  private static int winner(Window window, float[] x, int at) {
    int tap = 0;
    float best = x[at];
    for (int t = 1; t < window.height() * window.width(); t++) {
      float v = x[at + offset(window, t)];
      if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
        best = v;
        tap = t;
      }
    }
    return tap;
  }

  private static int offset(Window window, int tap) {
    return tap / window.width() * window.rowStep() + tap % window.width() * window.columnStep();
  }

  @Override
  public void weigh(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    each(
        patch,
        (from, to) -> {
          float mean = 0;
          for (int i = 0; i < window.height(); i++) {
            float row = 0;
            for (int j = 0; j < window.width(); j++) {
              float v = x[x0 + from + i * window.rowStep() + j * window.columnStep()];
              row = Math.fma(v, window.columnWeights()[j], row);
            }
            mean = Math.fma(row, window.rowWeights()[i], mean);
          }
          y[y0 + to] = mean;
        });
  }

  @Override
  public void sumWhere(
      Window window,
      Patch patch,
      float[] numbers,
      int numbers0,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    each(
        patch,
        (from, to) -> {
          float sum = 0;
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              int tap = from + i * window.rowStep() + j * window.columnStep();
              if (numbers[numbers0 + tap] == window.number(i, j)) {
                sum += x[x0 + tap];
              }
            }
          }
          y[y0 + to] = sum;
        });
  }

  private static void each(Patch patch, Element element) {
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = r * patch.sourceRow() + p * patch.sourceStep();
        int to = r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k++) {
          element.at(from + k, to + k);
        }
      }
    }
  }

  /** Computes one float from its window. */
  @FunctionalInterface
  private interface Element {
    void at(int from, int to);
  }
}
