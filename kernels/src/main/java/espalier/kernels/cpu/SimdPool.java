package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link PoolLoops} on vectors of neighbouring floats of a run. */
final class SimdPool implements PoolLoops {
  /*
   * The window of one vector of floats is walked with its running result in a register. The last
   * vector of a run overlaps the one before, which computes some floats twice. A run shorter than a
   * vector is read as if it were longer and stored through a mask, as long as that stays inside the
   * array; the rest is the scalar twin's.
   *
   * Comparisons alone find the maximum where there is no NaN. A sum over the window tells: it is
   * NaN where a tap is, or where infinities met, and then the window is walked again with care.
   */
  private static final VectorSpecies<Float> F = SimdLanes.F;
  private static final int LANES = F.length();

  private final PoolLoops narrow = new ScalarPool();

  /** Pixels of a narrow run whose windows can be read a whole vector at a time. */
  private static int readable(Window window, Run run, float[] x, int x0) {
    int room = x.length - LANES - window.extent() - x0;
    if (room < 0) {
      return 0;
    }
    return run.pixels() == 1 ? 1 : Math.min(run.pixels(), room / run.sourceStep() + 1);
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  /** Where {@code v} is larger than {@code best} or the first NaN. */
  private static VectorMask<Float> wins(FloatVector v, FloatVector best) {
    return v.compare(GT, best).or(v.compare(NE, v).and(best.compare(EQ, best)));
  }

  private static boolean isSuspect(FloatVector sum) {
    return sum.compare(NE, sum).anyTrue();
  }

  private static FloatVector number(Numbering numbering, int i, int j) {
    return FloatVector.broadcast(F, (float) numbering.of(i, j));
  }

  @Override
  public void max(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int last = run.length() - LANES;
    if (last < 0) {
      maxNarrow(window, run, x, x0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        max(window, x, x0 + from + c).intoArray(y, to + c);
      }
      max(window, x, x0 + from + last).intoArray(y, to + last);
    }
  }

  private void maxNarrow(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int pixels = readable(window, run, x, x0);
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      max(window, x, x0 + from).intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.max(window, run.from(pixels), x, x0 + from, y, y0 + pixels * run.targetStep());
    }
  }

  private static FloatVector max(Window window, float[] x, int at) {
    FloatVector best = v(x, at);
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch());
        best = best.blend(v, v.compare(GT, best));
        sum = sum.add(v);
      }
    }
    return isSuspect(sum) ? pickCarefully(window, x, at, x, at) : best;
  }

  @Override
  public void argmax(
      Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0) {
    int last = run.length() - LANES;
    if (last < 0) {
      argmaxNarrow(window, run, numbering, x, x0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        argmax(window, numbering, x, x0 + from + c).intoArray(y, to + c);
      }
      argmax(window, numbering, x, x0 + from + last).intoArray(y, to + last);
    }
  }

  private void argmaxNarrow(
      Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0) {
    int pixels = readable(window, run, x, x0);
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      argmax(window, numbering, x, x0 + from).intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.argmax(
          window, run.from(pixels), numbering, x, x0 + from, y, y0 + pixels * run.targetStep());
    }
  }

  private static FloatVector argmax(Window window, Numbering numbering, float[] x, int at) {
    FloatVector best = v(x, at);
    FloatVector number = number(numbering, 0, 0);
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch());
        VectorMask<Float> larger = v.compare(GT, best);
        best = best.blend(v, larger);
        number = number.blend(number(numbering, i, j), larger);
        sum = sum.add(v);
      }
    }
    return isSuspect(sum) ? argmaxCarefully(window, numbering, x, at) : number;
  }

  private static FloatVector argmaxCarefully(
      Window window, Numbering numbering, float[] x, int at) {
    FloatVector best = v(x, at);
    FloatVector number = number(numbering, 0, 0);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch());
        VectorMask<Float> wins = wins(v, best);
        best = best.blend(v, wins);
        number = number.blend(number(numbering, i, j), wins);
      }
    }
    return number;
  }

  @Override
  public void pick(
      Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    int last = run.length() - LANES;
    if (last < 0) {
      pickNarrow(window, run, x, x0, v, v0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        pick(window, x, x0 + from + c, v, v0 + from + c).intoArray(y, to + c);
      }
      pick(window, x, x0 + from + last, v, v0 + from + last).intoArray(y, to + last);
    }
  }

  private void pickNarrow(
      Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    int pixels = Math.min(readable(window, run, x, x0), readable(window, run, v, v0));
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      pick(window, x, x0 + from, v, v0 + from).intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.pick(
          window, run.from(pixels), x, x0 + from, v, v0 + from, y, y0 + pixels * run.targetStep());
    }
  }

  private static FloatVector pick(Window window, float[] x, int x0, float[] v, int v0) {
    FloatVector best = v(x, x0);
    FloatVector picked = v(v, v0);
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        FloatVector candidate = v(x, x0 + tap);
        VectorMask<Float> larger = candidate.compare(GT, best);
        best = best.blend(candidate, larger);
        picked = picked.blend(v(v, v0 + tap), larger);
        sum = sum.add(candidate);
      }
    }
    return isSuspect(sum) ? pickCarefully(window, x, x0, v, v0) : picked;
  }

  private static FloatVector pickCarefully(Window window, float[] x, int x0, float[] v, int v0) {
    FloatVector best = v(x, x0);
    FloatVector picked = v(v, v0);
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        FloatVector candidate = v(x, x0 + tap);
        VectorMask<Float> wins = wins(candidate, best);
        best = best.blend(candidate, wins);
        picked = picked.blend(v(v, v0 + tap), wins);
      }
    }
    return picked;
  }

  @Override
  public void sum(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int last = run.length() - LANES;
    if (last < 0) {
      sumNarrow(window, run, x, x0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        sum(window, x, x0 + from + c).intoArray(y, to + c);
      }
      sum(window, x, x0 + from + last).intoArray(y, to + last);
    }
  }

  private void sumNarrow(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int pixels = readable(window, run, x, x0);
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      sum(window, x, x0 + from).intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.sum(window, run.from(pixels), x, x0 + from, y, y0 + pixels * run.targetStep());
    }
  }

  @Override
  public void mean(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int last = run.length() - LANES;
    if (last < 0) {
      meanNarrow(window, run, x, x0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        sum(window, x, x0 + from + c).div((float) window.taps()).intoArray(y, to + c);
      }
      sum(window, x, x0 + from + last).div((float) window.taps()).intoArray(y, to + last);
    }
  }

  private void meanNarrow(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int pixels = readable(window, run, x, x0);
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      sum(window, x, x0 + from)
          .div((float) window.taps())
          .intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.mean(window, run.from(pixels), x, x0 + from, y, y0 + pixels * run.targetStep());
    }
  }

  private static FloatVector sum(Window window, float[] x, int at) {
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        sum = sum.add(v(x, row + j * window.columnPitch()));
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
    int last = run.length() - LANES;
    if (last < 0) {
      sumWhereNarrow(window, run, numbering, codes, codes0, x, x0, y, y0);
      return;
    }
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < last; c += LANES) {
        sumWhere(window, numbering, codes, codes0 + from + c, x, x0 + from + c)
            .intoArray(y, to + c);
      }
      sumWhere(window, numbering, codes, codes0 + from + last, x, x0 + from + last)
          .intoArray(y, to + last);
    }
  }

  private void sumWhereNarrow(
      Window window,
      Run run,
      Numbering numbering,
      float[] codes,
      int codes0,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    int pixels = Math.min(readable(window, run, codes, codes0), readable(window, run, x, x0));
    VectorMask<Float> stored = F.indexInRange(0, run.length());
    for (int p = 0; p < pixels; p++) {
      int from = p * run.sourceStep();
      sumWhere(window, numbering, codes, codes0 + from, x, x0 + from)
          .intoArray(y, y0 + p * run.targetStep(), stored);
    }
    if (pixels < run.pixels()) {
      int from = pixels * run.sourceStep();
      narrow.sumWhere(
          window,
          run.from(pixels),
          numbering,
          codes,
          codes0 + from,
          x,
          x0 + from,
          y,
          y0 + pixels * run.targetStep());
    }
  }

  private static FloatVector sumWhere(
      Window window, Numbering numbering, float[] codes, int codes0, float[] x, int x0) {
    FloatVector sum = FloatVector.zero(F);
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        VectorMask<Float> found = v(codes, codes0 + tap).compare(EQ, number(numbering, i, j));
        sum = sum.blend(sum.add(v(x, x0 + tap)), found);
      }
    }
    return sum;
  }
}
