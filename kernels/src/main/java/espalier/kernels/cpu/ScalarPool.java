package espalier.kernels.cpu;

/** {@link PoolLoops} in plain Java. */
final class ScalarPool implements PoolLoops {

  @Override
  public void max(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    pick(window, run, x, x0, x, x0, y, y0);
  }

  @Override
  public void argmax(
      Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      for (int c = 0; c < run.length(); c++) {
        int at = x0 + p * run.sourceStep() + c;
        float best = x[at];
        int number = numbering.first();
        for (int i = 0; i < window.height(); i++) {
          for (int j = 0; j < window.width(); j++) {
            float v = x[at + i * window.rowPitch() + j * window.columnPitch()];
            if (wins(v, best)) {
              best = v;
              number = numbering.of(i, j);
            }
          }
        }
        y[y0 + p * run.targetStep() + c] = number;
      }
    }
  }

  @Override
  public void pick(
      Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      for (int c = 0; c < run.length(); c++) {
        int at = p * run.sourceStep() + c;
        float best = x[x0 + at];
        float picked = v[v0 + at];
        for (int i = 0; i < window.height(); i++) {
          for (int j = 0; j < window.width(); j++) {
            int tap = at + i * window.rowPitch() + j * window.columnPitch();
            if (wins(x[x0 + tap], best)) {
              best = x[x0 + tap];
              picked = v[v0 + tap];
            }
          }
        }
        y[y0 + p * run.targetStep() + c] = picked;
      }
    }
  }

  private static boolean wins(float v, float best) {
    return v > best || (Float.isNaN(v) && !Float.isNaN(best));
  }

  @Override
  public void sum(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      for (int c = 0; c < run.length(); c++) {
        y[y0 + p * run.targetStep() + c] = sum(window, x, x0 + p * run.sourceStep() + c);
      }
    }
  }

  @Override
  public void mean(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      for (int c = 0; c < run.length(); c++) {
        y[y0 + p * run.targetStep() + c] =
            sum(window, x, x0 + p * run.sourceStep() + c) / window.taps();
      }
    }
  }

  private static float sum(Window window, float[] x, int at) {
    float sum = 0;
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        sum += x[at + i * window.rowPitch() + j * window.columnPitch()];
      }
    }
    return sum;
  }

  @Override
  public void sumWhere(
      Window window,
      Run run,
      Numbering numbering,
      float[] codes,
      int codes0,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      for (int c = 0; c < run.length(); c++) {
        int at = p * run.sourceStep() + c;
        int to = y0 + p * run.targetStep() + c;
        float sum = 0;
        for (int i = 0; i < window.height(); i++) {
          for (int j = 0; j < window.width(); j++) {
            int tap = at + i * window.rowPitch() + j * window.columnPitch();
            if (codes[codes0 + tap] == numbering.of(i, j)) {
              sum += x[x0 + tap];
            }
          }
        }
        y[to] = sum;
      }
    }
  }
}
