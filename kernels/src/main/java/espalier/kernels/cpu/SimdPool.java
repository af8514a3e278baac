package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link PoolLoops} on vectors of neighbouring floats. */
final class SimdPool implements PoolLoops {
  /*
   * Windows of 3×3 taps with stride 1 down the image, which are most of all windows, go two rows at
   * a time: what the two rows of taps between them come to serves both. The last pair of a patch
   * may overlap the one before. Four rows would be better still, but the compiler gives up inlining
   * when a method has that many vector operations. Other windows are walked tap by tap.
   *
   * Comparing finds the largest tap unless there is a NaN. A sum over the same floats tells: then it
   * is NaN (or infinities met), and the scalar twin goes over the patch.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final int TAPS = 3;
  private static final int PAIR = 2;
  private static final PoolLoops SCALAR = new ScalarPool();

  @Override
  public int lanes() {
    return LANES;
  }

  private static boolean inPairs(Window window, Patch patch) {
    return window.height() == TAPS
        && window.width() == TAPS
        && patch.sourceRow() == window.rowStep()
        && patch.pieces() == 1
        && patch.rows() >= PAIR;
  }

  /** The row at which a pair that is to begin at {@code row} stays inside the patch. */
  private static int fitting(int row, Patch patch) {
    return Math.min(row, patch.rows() - PAIR);
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(GT, a));
  }

  /** Whether any tap of a patch is NaN, or infinite. */
  private static boolean mayHoldNaN(Window window, Patch patch, float[] x, int x0) {
    boolean pairs = inPairs(window, patch);
    int rows = pairs ? patch.rows() + TAPS - 1 : patch.rows();
    int each = pairs ? 1 : window.height();
    int last = patch.length() - LANES + (window.width() - 1) * window.columnStep();
    FloatVector sum = FloatVector.zero(F);
    for (int r = 0; r < rows; r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        for (int i = 0; i < each; i++) {
          int from = x0 + r * patch.sourceRow() + p * patch.sourceStep() + i * window.rowStep();
          for (int k = 0; k < last; k += LANES) {
            sum = sum.lanewise(ADD, v(x, from + k));
          }
          sum = sum.lanewise(ADD, v(x, from + last));
        }
      }
    }
    return sum.compare(NE, sum).anyTrue();
  }

  @Override
  public void largest(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    if (mayHoldNaN(window, patch, x, x0)) {
      SCALAR.largest(window, patch, x, x0, y, y0);
    } else if (inPairs(window, patch)) {
      for (int r = 0; r < patch.rows(); r += PAIR) {
        int row = fitting(r, patch);
        int from = x0 + row * patch.sourceRow();
        largestOfPair(window, patch, x, from, y, y0 + row * patch.targetRow());
      }
    } else {
      largestOfAny(window, patch, x, x0, y, y0);
    }
  }

  private static void largestOfPair(
      Window window, Patch patch, float[] x, int a, float[] y, int y0) {
    int b = a + window.columnStep();
    int c = b + window.columnStep();
    int down = window.rowStep();
    int next = y0 + patch.targetRow();
    for (int k = 0; k < patch.length(); k += LANES) {
      int i = k + down;
      FloatVector middle = larger(larger(v(x, a + i), v(x, b + i)), v(x, c + i));
      i += down;
      middle = larger(middle, larger(larger(v(x, a + i), v(x, b + i)), v(x, c + i)));
      i += down;
      FloatVector above = larger(larger(v(x, a + k), v(x, b + k)), v(x, c + k));
      FloatVector below = larger(larger(v(x, a + i), v(x, b + i)), v(x, c + i));
      larger(above, middle).intoArray(y, y0 + k);
      larger(middle, below).intoArray(y, next + k);
    }
  }

  private static void largestOfAny(
      Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    for (int r = 0; r < patch.rows(); r++) {
      for (int p = 0; p < patch.pieces(); p++) {
        int from = x0 + r * patch.sourceRow() + p * patch.sourceStep();
        int to = y0 + r * patch.targetRow() + p * patch.targetStep();
        for (int k = 0; k < patch.length(); k += LANES) {
          FloatVector best = v(x, from + k);
          for (int i = 0; i < window.height(); i++) {
            for (int j = 0; j < window.width(); j++) {
              int at = from + k + i * window.rowStep() + j * window.columnStep();
              best = larger(best, v(x, at));
            }
          }
          best.intoArray(y, to + k);
        }
      }
    }
  }

  @Override
  public void locate(Window window, Patch patch, float[] x, int x0, float[] numbers, int numbers0) {
    if (mayHoldNaN(window, patch, x, x0)) {
      SCALAR.locate(window, patch, x, x0, numbers, numbers0);
    } else if (inPairs(window, patch)) {
      for (int r = 0; r < patch.rows(); r += PAIR) {
        int row = fitting(r, patch);
        int from = x0 + row * patch.sourceRow();
        locateInPair(window, patch, x, from, numbers, numbers0 + row * patch.targetRow());
      }
    } else {
      locateInAny(window, patch, x, x0, numbers, numbers0);
    }
  }

  private static void locateInPair(
      Window window, Patch patch, float[] x, int a, float[] numbers, int numbers0) {
    int b = a + window.columnStep();
    int c = b + window.columnStep();
    int down = window.rowStep();
    int next = numbers0 + patch.targetRow();
    FloatVector first = FloatVector.broadcast(F, (float) window.number(0, 0));
    FloatVector second = FloatVector.broadcast(F, (float) window.number(0, 1));
    FloatVector third = FloatVector.broadcast(F, (float) window.number(0, 2));
    FloatVector one = FloatVector.broadcast(F, (float) window.rowNumber());
    FloatVector two = FloatVector.broadcast(F, (float) (2 * window.rowNumber()));
    for (int k = 0; k < patch.length(); k += LANES) {
      FloatVector h0 = v(x, a + k);
      FloatVector tap = v(x, b + k);
      VectorMask<Float> wins = tap.compare(GT, h0);
      h0 = h0.blend(tap, wins);
      FloatVector n0 = first.blend(second, wins);
      tap = v(x, c + k);
      wins = tap.compare(GT, h0);
      h0 = h0.blend(tap, wins);
      n0 = n0.blend(third, wins);

      int i = k + down;
      FloatVector h1 = v(x, a + i);
      tap = v(x, b + i);
      wins = tap.compare(GT, h1);
      h1 = h1.blend(tap, wins);
      FloatVector n1 = first.blend(second, wins);
      tap = v(x, c + i);
      wins = tap.compare(GT, h1);
      h1 = h1.blend(tap, wins);
      n1 = n1.blend(third, wins);

      i += down;
      FloatVector h2 = v(x, a + i);
      tap = v(x, b + i);
      wins = tap.compare(GT, h2);
      h2 = h2.blend(tap, wins);
      FloatVector n2 = first.blend(second, wins);
      tap = v(x, c + i);
      wins = tap.compare(GT, h2);
      h2 = h2.blend(tap, wins);
      n2 = n2.blend(third, wins);

      i += down;
      FloatVector h3 = v(x, a + i);
      tap = v(x, b + i);
      wins = tap.compare(GT, h3);
      h3 = h3.blend(tap, wins);
      FloatVector n3 = first.blend(second, wins);
      tap = v(x, c + i);
      wins = tap.compare(GT, h3);
      h3 = h3.blend(tap, wins);
      n3 = n3.blend(third, wins);

      wins = h2.compare(GT, h1);
      FloatVector middle = h1.blend(h2, wins);
      FloatVector number = n1.blend(n2.lanewise(ADD, one), wins);
      n0.blend(number.lanewise(ADD, one), middle.compare(GT, h0)).intoArray(numbers, numbers0 + k);
      number.blend(n3.lanewise(ADD, two), h3.compare(GT, middle)).intoArray(numbers, next + k);
    }
  }

  private static void locateInAny(
      Window window, Patch patch, float[] x, int x0, float[] numbers, int numbers0) {
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
              FloatVector number = FloatVector.broadcast(F, (float) window.number(i, j));
              found = found.blend(number, wins);
            }
          }
          found.intoArray(numbers, to + k);
        }
      }
    }
  }

  @Override
  public void pick(
      Window window, Patch patch, float[] x, int x0, float[] v, int v0, float[] y, int y0) {
    if (mayHoldNaN(window, patch, x, x0)) {
      SCALAR.pick(window, patch, x, x0, v, v0, y, y0);
      return;
    }
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
            }
          }
          picked.intoArray(y, to + k);
        }
      }
    }
  }

  @Override
  public void weigh(Window window, Patch patch, float[] x, int x0, float[] y, int y0) {
    if (inPairs(window, patch)) {
      for (int r = 0; r < patch.rows(); r += PAIR) {
        int row = fitting(r, patch);
        int from = x0 + row * patch.sourceRow();
        weighPair(window, patch, x, from, y, y0 + row * patch.targetRow());
      }
    } else {
      weighAny(window, patch, x, x0, y, y0);
    }
  }

  private static void weighPair(Window window, Patch patch, float[] x, int a, float[] y, int y0) {
    FloatVector zero = FloatVector.zero(F);
    FloatVector u = FloatVector.broadcast(F, window.columnWeights()[0]);
    FloatVector v = FloatVector.broadcast(F, window.columnWeights()[1]);
    FloatVector w = FloatVector.broadcast(F, window.columnWeights()[2]);
    FloatVector r = FloatVector.broadcast(F, window.rowWeights()[0]);
    FloatVector s = FloatVector.broadcast(F, window.rowWeights()[1]);
    FloatVector t = FloatVector.broadcast(F, window.rowWeights()[2]);
    int b = a + window.columnStep();
    int c = b + window.columnStep();
    int down = window.rowStep();
    int next = y0 + patch.targetRow();
    for (int k = 0; k < patch.length(); k += LANES) {
      FloatVector h0 =
          v(x, c + k)
              .lanewise(FMA, w, v(x, b + k).lanewise(FMA, v, v(x, a + k).lanewise(FMA, u, zero)));
      int i = k + down;
      FloatVector h1 =
          v(x, c + i)
              .lanewise(FMA, w, v(x, b + i).lanewise(FMA, v, v(x, a + i).lanewise(FMA, u, zero)));
      i += down;
      FloatVector h2 =
          v(x, c + i)
              .lanewise(FMA, w, v(x, b + i).lanewise(FMA, v, v(x, a + i).lanewise(FMA, u, zero)));
      i += down;
      FloatVector h3 =
          v(x, c + i)
              .lanewise(FMA, w, v(x, b + i).lanewise(FMA, v, v(x, a + i).lanewise(FMA, u, zero)));
      h2.lanewise(FMA, t, h1.lanewise(FMA, s, h0.lanewise(FMA, r, zero))).intoArray(y, y0 + k);
      h3.lanewise(FMA, t, h2.lanewise(FMA, s, h1.lanewise(FMA, r, zero))).intoArray(y, next + k);
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
              row = tap.lanewise(FMA, FloatVector.broadcast(F, window.columnWeights()[j]), row);
            }
            mean = row.lanewise(FMA, FloatVector.broadcast(F, window.rowWeights()[i]), mean);
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
    if (inPairs(window, patch)) {
      for (int r = 0; r < patch.rows(); r++) {
        int from = r * patch.sourceRow();
        int to = y0 + r * patch.targetRow();
        sumRowWhere(window, patch, numbers, numbers0 + from, x, x0 + from, y, to);
      }
    } else {
      sumAnyWhere(window, patch, numbers, numbers0, x, x0, y, y0);
    }
  }

  private static void sumRowWhere(
      Window window, Patch patch, float[] numbers, int n0, float[] x, int x0, float[] y, int y0) {
    int down = window.rowStep();
    int across = window.columnStep();
    float n00 = window.number(0, 0);
    float n01 = window.number(0, 1);
    float n02 = window.number(0, 2);
    float n10 = window.number(1, 0);
    float n11 = window.number(1, 1);
    float n12 = window.number(1, 2);
    float n20 = window.number(2, 0);
    float n21 = window.number(2, 1);
    float n22 = window.number(2, 2);
    FloatVector zero = FloatVector.zero(F);
    for (int k = 0; k < patch.length(); k += LANES) {
      int a = k;
      int b = a + across;
      int c = b + across;
      FloatVector s = zero.lanewise(ADD, v(x, x0 + a), v(numbers, n0 + a).compare(EQ, n00));
      s = s.lanewise(ADD, v(x, x0 + b), v(numbers, n0 + b).compare(EQ, n01));
      s = s.lanewise(ADD, v(x, x0 + c), v(numbers, n0 + c).compare(EQ, n02));
      a += down;
      b += down;
      c += down;
      s = s.lanewise(ADD, v(x, x0 + a), v(numbers, n0 + a).compare(EQ, n10));
      s = s.lanewise(ADD, v(x, x0 + b), v(numbers, n0 + b).compare(EQ, n11));
      s = s.lanewise(ADD, v(x, x0 + c), v(numbers, n0 + c).compare(EQ, n12));
      a += down;
      b += down;
      c += down;
      s = s.lanewise(ADD, v(x, x0 + a), v(numbers, n0 + a).compare(EQ, n20));
      s = s.lanewise(ADD, v(x, x0 + b), v(numbers, n0 + b).compare(EQ, n21));
      s = s.lanewise(ADD, v(x, x0 + c), v(numbers, n0 + c).compare(EQ, n22));
      s.intoArray(y, y0 + k);
    }
  }

  private static void sumAnyWhere(
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
              sum = sum.lanewise(ADD, v(x, x0 + at), given);
            }
          }
          sum.intoArray(y, to + k);
        }
      }
    }
  }
}
