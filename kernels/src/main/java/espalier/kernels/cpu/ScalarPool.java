package espalier.kernels.cpu;

/** {@link PoolLoops} in plain Java. */
final class ScalarPool implements PoolLoops {

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void largest(Taps taps, Run run, float[] x, int x0, float[] y, int y0) {
    pick(taps, run, x, x0, x, x0, y, y0, y, y0);
  }

  @Override
  public void locate(
      Taps taps, Run run, float[] x, int x0, float[] y, int y0, float[] numbers, int numbers0) {
    for (int p = 0; p < run.pieces(); p++) {
      for (int k = 0; k < run.length(); k++) {
        int at = x0 + p * run.sourceStep() + k;
        int to = p * run.targetStep() + k;
        int tap = winner(taps, x, at);
        y[y0 + to] = x[at + tap * taps.step()];
        numbers[numbers0 + to] = taps.number() + tap * taps.numberStep();
      }
    }
  }

  @Override
  public void pick(
      Taps taps,
      Run run,
      float[] x,
      int x0,
      float[] v,
      int v0,
      float[] y,
      int y0,
      float[] picked,
      int picked0) {
    for (int p = 0; p < run.pieces(); p++) {
      for (int k = 0; k < run.length(); k++) {
        int at = p * run.sourceStep() + k;
        int to = p * run.targetStep() + k;
        int tap = at + winner(taps, x, x0 + at) * taps.step();
        y[y0 + to] = x[x0 + tap];
        picked[picked0 + to] = v[v0 + tap];
      }
    }
  }

  /** The first NaN, else the first of the largest taps. */
  private static int winner(Taps taps, float[] x, int at) {
    int tap = 0;
    float best = x[at];
    for (int t = 1; t < taps.count(); t++) {
      float v = x[at + t * taps.step()];
      if (v > best || (Float.isNaN(v) && !Float.isNaN(best))) {
        best = v;
        tap = t;
      }
    }
    return tap;
  }

  @Override
  public void weigh(Taps taps, Run run, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pieces(); p++) {
      for (int k = 0; k < run.length(); k++) {
        int at = x0 + p * run.sourceStep() + k;
        float sum = 0;
        for (int t = 0; t < taps.count(); t++) {
          sum = Math.fma(x[at + t * taps.step()], taps.weights()[t], sum);
        }
        y[y0 + p * run.targetStep() + k] = sum;
      }
    }
  }

  @Override
  public void sumWhere(
      Taps taps, Run run, float[] numbers, int numbers0, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pieces(); p++) {
      for (int k = 0; k < run.length(); k++) {
        float sum = 0;
        for (int t = 0; t < taps.count(); t++) {
          int at = p * run.sourceStep() + k + t * taps.step();
          if (numbers[numbers0 + at] == taps.number() + t * taps.numberStep()) {
            sum += x[x0 + at];
          }
        }
        y[y0 + p * run.targetStep() + k] = sum;
      }
    }
  }
}
