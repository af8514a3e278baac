package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.SUB;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link ChainLoops} on vectors. */
final class SimdChains implements ChainLoops {
  /*
   * A chain waits for each of its additions, so four chains run side by side wherever there are
   * four: the same columns of four parts, or four neighbouring vectors of columns. To the loop both
   * are four streams some step apart.
   *
   * Columns beyond the last whole vector are read as if they were a whole one and stored through a
   * mask; the lanes behind them compute what nobody reads. Where a vector would leave an array,
   * chains go on one float at a time. (A masked load that starts a loop would keep the chain in
   * memory.)
   */
  private static final VectorSpecies<Float> F = SimdLanes.F;
  private static final int LANES = F.length();
  private static final int STREAMS = 4;

  /** Fewer rows than these are not worth a mask. */
  private static final int FEW_ROWS = 4;

  private final ScalarChains rest = new ScalarChains();

  @Override
  public void addRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0) {
    int c = 0;
    for (; c <= columns - STREAMS * LANES; c += STREAMS * LANES) {
      add4(rows, pitch, x, x0 + c, LANES, y, y0 + c, LANES);
    }
    for (; c <= columns - LANES; c += LANES) {
      add1(rows, pitch, x, x0 + c, y, y0 + c);
    }
    if (c < columns) {
      int vectors = readable(rows, pitch, x, x0 + c, y, y0 + c);
      if (vectors > 0) {
        addTail(vectors, columns - c, pitch, x, x0 + c, y, y0 + c);
      }
      int next = x0 + c + vectors * pitch;
      rest.addRows(rows - vectors, columns - c, pitch, x, next, y, y0 + c);
    }
  }

  @Override
  public void maxRows(int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0) {
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      max1(rows, pitch, x, x0 + c, y, y0 + c);
    }
    if (c < columns) {
      int vectors = readable(rows, pitch, x, x0 + c, y, y0 + c);
      if (vectors > 0) {
        maxTail(vectors, columns - c, pitch, x, x0 + c, y, y0 + c);
      }
      int next = x0 + c + vectors * pitch;
      rest.maxRows(rows - vectors, columns - c, pitch, x, next, y, y0 + c);
    }
  }

  @Override
  public void addSquares(
      int rows, int columns, int pitch, float[] x, int x0, float[] y, int y0, int m2) {
    int c = 0;
    for (; c <= columns - STREAMS * LANES; c += STREAMS * LANES) {
      squares4(rows, pitch, x, x0 + c, LANES, y, y0 + c, LANES, m2);
    }
    int whole = F.loopBound(columns);
    for (; c < whole; c += LANES) {
      squares1(rows, pitch, x, x0 + c, y, y0 + c, m2);
    }
    if (c < columns) {
      int vectors = readable(rows, pitch, x, x0 + c, y, y0 + c + m2);
      if (vectors > 0) {
        squaresTail(vectors, columns - c, pitch, x, x0 + c, y, y0 + c, m2);
      }
      int next = x0 + c + vectors * pitch;
      rest.addSquares(rows - vectors, columns - c, pitch, x, next, y, y0 + c, m2);
    }
  }

  /**
   * Rows of which, and of the chains at {@code y0}, a whole vector can be read without leaving the
   * arrays; 0 if few.
   */
  private static int readable(int rows, int pitch, float[] x, int x0, float[] y, int y0) {
    int room = x.length - LANES - x0;
    if (room < 0 || y0 > y.length - LANES) {
      return 0;
    }
    int readable = Math.min(rows, room / pitch + 1);
    return readable < FEW_ROWS ? 0 : readable;
  }

  @Override
  public void addFour(
      int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      add4(rows, columns, x, x0 + c, xStep, y, y0 + c, yStep);
    }
    if (c < columns) {
      int last = STREAMS - 1;
      int vectors = readable(rows, columns, x, x0 + c + last * xStep, y, y0 + c + last * yStep);
      if (vectors > 0) {
        add4Tail(vectors, columns - c, columns, x, x0 + c, xStep, y, y0 + c, yStep);
      }
      for (int s = 0; s < STREAMS; s++) {
        int next = x0 + c + vectors * columns + s * xStep;
        rest.addRows(rows - vectors, columns - c, columns, x, next, y, y0 + c + s * yStep);
      }
    }
  }

  @Override
  public void addFourSquares(
      int rows, int columns, float[] x, int x0, int xStep, float[] y, int y0, int yStep, int m2) {
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      squares4(rows, columns, x, x0 + c, xStep, y, y0 + c, yStep, m2);
    }
    if (c < columns) {
      int last = STREAMS - 1;
      int vectors =
          readable(rows, columns, x, x0 + c + last * xStep, y, y0 + c + last * yStep + m2);
      if (vectors > 0) {
        squares4Tail(vectors, columns - c, columns, x, x0 + c, xStep, y, y0 + c, yStep, m2);
      }
      for (int s = 0; s < STREAMS; s++) {
        int next = x0 + c + vectors * columns + s * xStep;
        int to = y0 + c + s * yStep;
        rest.addSquares(rows - vectors, columns - c, columns, x, next, y, to, m2);
      }
    }
  }

  private static void add1(int rows, int pitch, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.lanewise(ADD, v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0);
  }

  private static void addTail(
      int rows, int lanes, int pitch, float[] x, int x0, float[] y, int y0) {
    VectorMask<Float> m = F.indexInRange(0, lanes);
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.lanewise(ADD, v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0, m);
  }

  private static void max1(int rows, int pitch, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.lanewise(MAX, v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0);
  }

  private static void maxTail(
      int rows, int lanes, int pitch, float[] x, int x0, float[] y, int y0) {
    VectorMask<Float> m = F.indexInRange(0, lanes);
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.lanewise(MAX, v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0, m);
  }

  private static void squares1(int rows, int pitch, float[] x, int x0, float[] y, int y0, int m2) {
    FloatVector mean = v(y, y0);
    FloatVector s = v(y, y0 + m2);
    for (int r = 0; r < rows; r++) {
      FloatVector d = v(x, x0 + r * pitch).lanewise(SUB, mean);
      s = d.lanewise(FMA, d, s);
    }
    s.intoArray(y, y0 + m2);
  }

  private static void squaresTail(
      int rows, int lanes, int pitch, float[] x, int x0, float[] y, int y0, int m2) {
    VectorMask<Float> m = F.indexInRange(0, lanes);
    FloatVector mean = v(y, y0);
    FloatVector s = v(y, y0 + m2);
    for (int r = 0; r < rows; r++) {
      FloatVector d = v(x, x0 + r * pitch).lanewise(SUB, mean);
      s = d.lanewise(FMA, d, s);
    }
    s.intoArray(y, y0 + m2, m);
  }

  private static void add4(
      int rows, int pitch, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    FloatVector s0 = v(y, y0);
    FloatVector s1 = v(y, y0 + yStep);
    FloatVector s2 = v(y, y0 + 2 * yStep);
    FloatVector s3 = v(y, y0 + 3 * yStep);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      s0 = s0.lanewise(ADD, v(x, at));
      s1 = s1.lanewise(ADD, v(x, at + xStep));
      s2 = s2.lanewise(ADD, v(x, at + 2 * xStep));
      s3 = s3.lanewise(ADD, v(x, at + 3 * xStep));
    }
    s0.intoArray(y, y0);
    s1.intoArray(y, y0 + yStep);
    s2.intoArray(y, y0 + 2 * yStep);
    s3.intoArray(y, y0 + 3 * yStep);
  }

  private static void add4Tail(
      int rows, int lanes, int pitch, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    VectorMask<Float> m = F.indexInRange(0, lanes);
    FloatVector s0 = v(y, y0);
    FloatVector s1 = v(y, y0 + yStep);
    FloatVector s2 = v(y, y0 + 2 * yStep);
    FloatVector s3 = v(y, y0 + 3 * yStep);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      s0 = s0.lanewise(ADD, v(x, at));
      s1 = s1.lanewise(ADD, v(x, at + xStep));
      s2 = s2.lanewise(ADD, v(x, at + 2 * xStep));
      s3 = s3.lanewise(ADD, v(x, at + 3 * xStep));
    }
    s0.intoArray(y, y0, m);
    s1.intoArray(y, y0 + yStep, m);
    s2.intoArray(y, y0 + 2 * yStep, m);
    s3.intoArray(y, y0 + 3 * yStep, m);
  }

  private static void squares4(
      int rows, int pitch, float[] x, int x0, int xStep, float[] y, int y0, int yStep, int m2) {
    FloatVector mean0 = v(y, y0);
    FloatVector mean1 = v(y, y0 + yStep);
    FloatVector mean2 = v(y, y0 + 2 * yStep);
    FloatVector mean3 = v(y, y0 + 3 * yStep);
    int to = y0 + m2;
    FloatVector s0 = v(y, to);
    FloatVector s1 = v(y, to + yStep);
    FloatVector s2 = v(y, to + 2 * yStep);
    FloatVector s3 = v(y, to + 3 * yStep);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      FloatVector d0 = v(x, at).lanewise(SUB, mean0);
      FloatVector d1 = v(x, at + xStep).lanewise(SUB, mean1);
      FloatVector d2 = v(x, at + 2 * xStep).lanewise(SUB, mean2);
      FloatVector d3 = v(x, at + 3 * xStep).lanewise(SUB, mean3);
      s0 = d0.lanewise(FMA, d0, s0);
      s1 = d1.lanewise(FMA, d1, s1);
      s2 = d2.lanewise(FMA, d2, s2);
      s3 = d3.lanewise(FMA, d3, s3);
    }
    s0.intoArray(y, to);
    s1.intoArray(y, to + yStep);
    s2.intoArray(y, to + 2 * yStep);
    s3.intoArray(y, to + 3 * yStep);
  }

  private static void squares4Tail(
      int rows,
      int lanes,
      int pitch,
      float[] x,
      int x0,
      int xStep,
      float[] y,
      int y0,
      int yStep,
      int m2) {
    VectorMask<Float> m = F.indexInRange(0, lanes);
    FloatVector mean0 = v(y, y0);
    FloatVector mean1 = v(y, y0 + yStep);
    FloatVector mean2 = v(y, y0 + 2 * yStep);
    FloatVector mean3 = v(y, y0 + 3 * yStep);
    int to = y0 + m2;
    FloatVector s0 = v(y, to);
    FloatVector s1 = v(y, to + yStep);
    FloatVector s2 = v(y, to + 2 * yStep);
    FloatVector s3 = v(y, to + 3 * yStep);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      FloatVector d0 = v(x, at).lanewise(SUB, mean0);
      FloatVector d1 = v(x, at + xStep).lanewise(SUB, mean1);
      FloatVector d2 = v(x, at + 2 * xStep).lanewise(SUB, mean2);
      FloatVector d3 = v(x, at + 3 * xStep).lanewise(SUB, mean3);
      s0 = d0.lanewise(FMA, d0, s0);
      s1 = d1.lanewise(FMA, d1, s1);
      s2 = d2.lanewise(FMA, d2, s2);
      s3 = d3.lanewise(FMA, d3, s3);
    }
    s0.intoArray(y, to, m);
    s1.intoArray(y, to + yStep, m);
    s2.intoArray(y, to + 2 * yStep, m);
    s3.intoArray(y, to + 3 * yStep, m);
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }
}
