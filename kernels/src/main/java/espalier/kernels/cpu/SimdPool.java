package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link PoolLoops} on vectors of neighbouring floats. */
final class SimdPool implements PoolLoops {
  /*
   * Windows of 3×3 taps with stride 1 down the image, which are most of all windows, go four rows
   * at a time: what six rows of taps come to is in registers and serves up to three windows. The
   * last block of a patch overlaps the one before. Other windows are walked tap by tap.
   *
   * Comparing finds the largest tap unless there is a NaN. The sum of all taps tells: then it is
   * NaN (or infinities met), and the scalar twin goes over the patch.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final int TAPS = 3;
  private static final int BLOCK = 4;
  private static final PoolLoops SCALAR = new ScalarPool();

  @Override
  public int lanes() {
    return LANES;
  }

  private static boolean inBlocks(Window window, Patch patch) {
    return window.height() == TAPS
        && window.width() == TAPS
        && patch.sourceRow() == window.rowStep()
        && patch.rows() >= BLOCK;
  }

  /** The row from which the block that begins at {@code row} goes without leaving the patch. */
  private static int fitting(int row, Patch patch) {
    return Math.min(row, patch.rows() - BLOCK);
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(GT, a));
  }

  private static boolean holdsNaN(FloatVector sum) {
    return sum.compare(NE, sum).anyTrue();
  }

  @Override
  public void largest(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    boolean suspect = false;
    if (inBlocks(window, patch)) {
      for (int r = 0; r < patch.rows(); r += BLOCK) {
        int row = fitting(r, patch);
        int from = x0 + row * patch.sourceRow();
        suspect |= largestBlock(window, patch, x, from, y, y0 + row * patch.targetRow());
      }
    } else {
      suspect = largestAny(window, patch, x, x0, y, y0);
    }
    if (suspect) {
      SCALAR.largest(window, patch, x, x0, y, y0);
    }
  }

  private static boolean largestBlock(
      Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    int down = window.rowStep();
    int next = patch.targetRow();
    FloatVector sum = FloatVector.zero(F);
    for (int p = 0; p < patch.pieces(); p++) {
      int a = x0 + p * patch.sourceStep();
      int b = a + window.columnStep();
      int c = b + window.columnStep();
      int to = y0 + p * patch.targetStep();
      for (int k = 0; k < patch.length(); k += LANES) {
        FloatVector u = v(x, a + k);
        FloatVector v = v(x, b + k);
        FloatVector w = v(x, c + k);
        FloatVector h0 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        u = v(x, a + down + k);
        v = v(x, b + down + k);
        w = v(x, c + down + k);
        FloatVector h1 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        u = v(x, a + 2 * down + k);
        v = v(x, b + 2 * down + k);
        w = v(x, c + 2 * down + k);
        FloatVector h2 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        FloatVector m = larger(h1, h2);
        larger(h0, m).intoArray(y, to + k);
        u = v(x, a + 3 * down + k);
        v = v(x, b + 3 * down + k);
        w = v(x, c + 3 * down + k);
        FloatVector h3 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        larger(m, h3).intoArray(y, to + next + k);
        u = v(x, a + 4 * down + k);
        v = v(x, b + 4 * down + k);
        w = v(x, c + 4 * down + k);
        FloatVector h4 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        m = larger(h3, h4);
        larger(h2, m).intoArray(y, to + 2 * next + k);
        u = v(x, a + 5 * down + k);
        v = v(x, b + 5 * down + k);
        w = v(x, c + 5 * down + k);
        FloatVector h5 = larger(larger(u, v), w);
        sum = sum.add(u.add(v).add(w));
        larger(m, h5).intoArray(y, to + 3 * next + k);
      }
    }
    return holdsNaN(sum);
  }

  private static boolean largestAny(
      Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    FloatVector sum = FloatVector.zero(F);
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = x0 + r * patch.sourceRow() + p * patch.sourceStep();
        int to = y0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector best = v(x, from + k);
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              FloatVector tap = v(x, from + k + i * window.rowStep() + j * window.columnStep());
              best = larger(best, tap);
              sum = sum.add(tap);
            }
          }
          best.intoArray(y, to + k);
        }
      }
    }
    return holdsNaN(sum);
  }

  @Override
  public void locate(
      Window window, Patch patch, float[] x, int x0, float[] numbers, int numbers0) {
    FloatVector sum = FloatVector.zero(F);
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = x0 + r * patch.sourceRow() + p * patch.sourceStep();
        int to = numbers0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector best = v(x, from + k);
          FloatVector found = FloatVector.broadcast(F, (float) window.number());
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              FloatVector tap = v(x, from + k + i * window.rowStep() + j * window.columnStep());
              VectorMask<Float> wins = tap.compare(GT, best);
              best = best.blend(tap, wins);
              found = found.blend((float) window.number(i, j), wins);
              sum = sum.add(tap);
            }
          }
          found.intoArray(numbers, to + k);
        }
      }
    }
    if (holdsNaN(sum)) {
      SCALAR.locate(window, patch, x, x0, numbers, numbers0);
    }
  }

  @Override
  public void pick(
      Window window, Patch patch, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    FloatVector sum = FloatVector.zero(F);
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = r * patch.sourceRow() + p * patch.sourceStep();
        int to = y0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector best = v(x, x0 + from + k);
          FloatVector picked = v(v, v0 + from + k);
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              int at = from + k + i * window.rowStep() + j * window.columnStep();
              FloatVector tap = v(x, x0 + at);
              VectorMask<Float> wins = tap.compare(GT, best);
              best = best.blend(tap, wins);
              picked = picked.blend(v(v, v0 + at), wins);
              sum = sum.add(tap);
            }
          }
          picked.intoArray(y, to + k);
        }
      }
    }
    if (holdsNaN(sum)) {
      SCALAR.pick(window, patch, x, x0, v, v0, y, y0);
    }
  }

  @Override
  public void weigh(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    if (!inBlocks(window, patch)) {
      weighAny(window, patch, x, x0, y, y0);
      return;
    }
    for (int r = 0; r < patch.rows(); r += BLOCK) {
      int row = fitting(r, patch);
      int from = x0 + row * patch.sourceRow();
      weighBlock(window, patch, x, from, y, y0 + row * patch.targetRow());
    }
  }

  private static void weighBlock(
      Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector u = FloatVector.broadcast(F, window.columnWeights()[0]);
    FloatVector v = FloatVector.broadcast(F, window.columnWeights()[1]);
    FloatVector w = FloatVector.broadcast(F, window.columnWeights()[2]);
    FloatVector r = FloatVector.broadcast(F, window.rowWeights()[0]);
    FloatVector s = FloatVector.broadcast(F, window.rowWeights()[1]);
    FloatVector t = FloatVector.broadcast(F, window.rowWeights()[2]);
    int down = window.rowStep();
    int next = patch.targetRow();
    for (int p = 0; p < patch.pieces(); p++) {
      int a = x0 + p * patch.sourceStep();
      int b = a + window.columnStep();
      int c = b + window.columnStep();
      int to = y0 + p * patch.targetStep();
      for (int k = 0; k < patch.length(); k += LANES) {
        FloatVector h0 = v(x, c + k).fma(w, v(x, b + k).fma(v, v(x, a + k).fma(u, zero)));
        int at = down + k;
        FloatVector h1 = v(x, c + at).fma(w, v(x, b + at).fma(v, v(x, a + at).fma(u, zero)));
        at += down;
        FloatVector h2 = v(x, c + at).fma(w, v(x, b + at).fma(v, v(x, a + at).fma(u, zero)));
        h2.fma(t, h1.fma(s, h0.fma(r, zero))).intoArray(y, to + k);
        at += down;
        FloatVector h3 = v(x, c + at).fma(w, v(x, b + at).fma(v, v(x, a + at).fma(u, zero)));
        h3.fma(t, h2.fma(s, h1.fma(r, zero))).intoArray(y, to + next + k);
        at += down;
        FloatVector h4 = v(x, c + at).fma(w, v(x, b + at).fma(v, v(x, a + at).fma(u, zero)));
        h4.fma(t, h3.fma(s, h2.fma(r, zero))).intoArray(y, to + 2 * next + k);
        at += down;
        FloatVector h5 = v(x, c + at).fma(w, v(x, b + at).fma(v, v(x, a + at).fma(u, zero)));
        h5.fma(t, h4.fma(s, h3.fma(r, zero))).intoArray(y, to + 3 * next + k);
      }
    }
  }

  private static void weighAny(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = x0 + r * patch.sourceRow() + p * patch.sourceStep();
        int to = y0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector mean = FloatVector.zero(F);
          for (int i = 0; i < window.height(); i++) {
            FloatVector row = FloatVector.zero(F);
            for (int j = 0; j < window.width(); j++) {
              FloatVector tap = v(x, from + k + i * window.rowStep() + j * window.columnStep());
              row = tap.fma(FloatVector.broadcast(F, window.columnWeights()[j]), row);
            }
            mean = row.fma(FloatVector.broadcast(F, window.rowWeights()[i]), mean);
          }
          mean.intoArray(y, to + k);
        }
      }
    }
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
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = r * patch.sourceRow() + p * patch.sourceStep();
        int to = y0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector sum = FloatVector.zero(F);
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              int at = from + k + i * window.rowStep() + j * window.columnStep();
              VectorMask<Float> given =
                  v(numbers, numbers0 + at).compare(EQ, (float) window.number(i, j));
              sum = sum.add(v(x, x0 + at), given);
            }
          }
          sum.intoArray(y, to + k);
        }
      }
    }
  }
}
