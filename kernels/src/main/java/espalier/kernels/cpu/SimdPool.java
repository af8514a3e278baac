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
   * The window of one vector of floats is walked with its running result in a register. The floats of
   * a run beyond the last whole vector are a masked one; lanes switched off read 0 and are not stored.
   */
  private static final VectorSpecies<Float> F = SimdLanes.F;
  private static final int LANES = F.length();

  @Override
  public void max(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    int whole = F.loopBound(run.length());
    VectorMask<Float> tail = F.indexInRange(whole, run.length());
    for (int p = 0; p < run.pixels(); p++) {
      int from = x0 + p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int c = 0; c < whole; c += LANES) {
        max(window, x, from + c).intoArray(y, to + c);
      }
      if (whole < run.length()) {
        max(window, x, from + whole, tail).intoArray(y, to + whole, tail);
      }
    }
  }

  private static FloatVector max(Window window, float[] x, int at) {
    FloatVector best = v(x, at);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch());
        best = best.blend(v, wins(v, best));
      }
    }
    return best;
  }

  private static FloatVector max(Window window, float[] x, int at, VectorMask<Float> m) {
    FloatVector best = v(x, at, m);
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch(), m);
        best = best.blend(v, wins(v, best));
      }
    }
    return best;
  }

  /** Where {@code v} is larger than {@code best} or the first NaN. */
  private static VectorMask<Float> wins(FloatVector v, FloatVector best) {
    return v.compare(GT, best).or(v.compare(NE, v).and(best.compare(EQ, best)));
  }

  @Override
  public void argmax(
      Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      int from = x0 + p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      int c = 0;
      for (; c <= run.length() - LANES; c += LANES) {
        argmax(window, numbering, x, from + c).intoArray(y, to + c);
      }
      if (c < run.length()) {
        VectorMask<Float> tail = F.indexInRange(c, run.length());
        argmax(window, numbering, x, from + c, tail).intoArray(y, to + c, tail);
      }
    }
  }

  private static FloatVector argmax(Window window, Numbering numbering, float[] x, int at) {
    FloatVector best = v(x, at);
    FloatVector number = FloatVector.broadcast(F, numbering.first());
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

  private static FloatVector argmax(
      Window window, Numbering numbering, float[] x, int at, VectorMask<Float> m) {
    FloatVector best = v(x, at, m);
    FloatVector number = FloatVector.broadcast(F, numbering.first());
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        FloatVector v = v(x, row + j * window.columnPitch(), m);
        VectorMask<Float> wins = wins(v, best);
        best = best.blend(v, wins);
        number = number.blend(number(numbering, i, j), wins);
      }
    }
    return number;
  }

  private static FloatVector number(Numbering numbering, int i, int j) {
    return FloatVector.broadcast(
        F, (float) (numbering.first() + i * numbering.pitch() + j * numbering.step()));
  }

  @Override
  public void pick(
      Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      int c = 0;
      for (; c <= run.length() - LANES; c += LANES) {
        pick(window, x, x0 + from + c, v, v0 + from + c).intoArray(y, to + c);
      }
      if (c < run.length()) {
        VectorMask<Float> tail = F.indexInRange(c, run.length());
        pick(window, x, x0 + from + c, v, v0 + from + c, tail).intoArray(y, to + c, tail);
      }
    }
  }

  private static FloatVector pick(Window window, float[] x, int x0, float[] v, int v0) {
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

  private static FloatVector pick(
      Window window, float[] x, int x0, float[] v, int v0, VectorMask<Float> m) {
    FloatVector best = v(x, x0, m);
    FloatVector picked = v(v, v0, m);
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        FloatVector candidate = v(x, x0 + tap, m);
        VectorMask<Float> wins = wins(candidate, best);
        best = best.blend(candidate, wins);
        picked = picked.blend(v(v, v0 + tap, m), wins);
      }
    }
    return picked;
  }

  @Override
  public void mean(Window window, Run run, float divisor, float[] x, int x0, float[] y, int y0) {
    FloatVector zero = FloatVector.zero(F);
    for (int p = 0; p < run.pixels(); p++) {
      int from = x0 + p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      int c = 0;
      for (; c <= run.length() - LANES; c += LANES) {
        sum(window, zero, x, from + c).div(divisor).intoArray(y, to + c);
      }
      if (c < run.length()) {
        VectorMask<Float> tail = F.indexInRange(c, run.length());
        sum(window, zero, x, from + c, tail).div(divisor).intoArray(y, to + c, tail);
      }
    }
  }

  @Override
  public void add(Window window, Run run, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pixels(); p++) {
      int from = x0 + p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      int c = 0;
      for (; c <= run.length() - LANES; c += LANES) {
        sum(window, v(y, to + c), x, from + c).intoArray(y, to + c);
      }
      if (c < run.length()) {
        VectorMask<Float> tail = F.indexInRange(c, run.length());
        sum(window, v(y, to + c, tail), x, from + c, tail).intoArray(y, to + c, tail);
      }
    }
  }

  private static FloatVector sum(Window window, FloatVector first, float[] x, int at) {
    FloatVector sum = first;
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        sum = sum.add(v(x, row + j * window.columnPitch()));
      }
    }
    return sum;
  }

  private static FloatVector sum(
      Window window, FloatVector first, float[] x, int at, VectorMask<Float> m) {
    FloatVector sum = first;
    for (int i = 0; i < window.height(); i++) {
      int row = at + i * window.rowPitch();
      for (int j = 0; j < window.width(); j++) {
        sum = sum.add(v(x, row + j * window.columnPitch(), m));
      }
    }
    return sum;
  }

  @Override
  public void addWhere(
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
      int from = p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      int c = 0;
      for (; c <= run.length() - LANES; c += LANES) {
        sumWhere(window, numbering, v(y, to + c), codes, codes0 + from + c, x, x0 + from + c)
            .intoArray(y, to + c);
      }
      if (c < run.length()) {
        VectorMask<Float> m = F.indexInRange(c, run.length());
        FloatVector first = v(y, to + c, m);
        sumWhere(window, numbering, first, codes, codes0 + from + c, x, x0 + from + c, m)
            .intoArray(y, to + c, m);
      }
    }
  }

  private static FloatVector sumWhere(
      Window window,
      Numbering numbering,
      FloatVector first,
      float[] codes,
      int codes0,
      float[] x,
      int x0) {
    FloatVector sum = first;
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        VectorMask<Float> found = v(codes, codes0 + tap).compare(EQ, number(numbering, i, j));
        sum = sum.blend(sum.add(v(x, x0 + tap)), found);
      }
    }
    return sum;
  }

  private static FloatVector sumWhere(
      Window window,
      Numbering numbering,
      FloatVector first,
      float[] codes,
      int codes0,
      float[] x,
      int x0,
      VectorMask<Float> m) {
    FloatVector sum = first;
    for (int i = 0; i < window.height(); i++) {
      for (int j = 0; j < window.width(); j++) {
        int tap = i * window.rowPitch() + j * window.columnPitch();
        VectorMask<Float> found = v(codes, codes0 + tap, m).compare(EQ, number(numbering, i, j));
        sum = sum.blend(sum.add(v(x, x0 + tap, m)), found);
      }
    }
    return sum;
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static FloatVector v(float[] a, int at, VectorMask<Float> mask) {
    return FloatVector.fromArray(F, a, at, mask);
  }
}
