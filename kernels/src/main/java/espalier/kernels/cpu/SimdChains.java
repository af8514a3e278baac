package espalier.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link ChainLoops} on vectors. */
final class SimdChains implements ChainLoops {
  /*
   * A chain waits for each of its additions, so four chains run side by side wherever there are four:
   * the same column of four parts, or four neighbouring vectors of columns. To the loop both are four
   * streams some step apart. Columns beyond the last whole vector are a masked one.
   */
  private static final VectorSpecies<Float> F = SimdLanes.F;
  private static final int LANES = F.length();
  private static final int STREAMS = 4;

  @Override
  public void addRows(int rows, int columns, float[] x, int x0, float[] y, int y0) {
    int c = 0;
    for (; c <= columns - STREAMS * LANES; c += STREAMS * LANES) {
      add4(rows, columns, x, x0 + c, LANES, y, y0 + c, LANES);
    }
    for (; c <= columns - LANES; c += LANES) {
      add1(rows, columns, x, x0 + c, y, y0 + c);
    }
    if (c < columns) {
      addMasked(rows, columns, tail(columns), x, x0 + c, y, y0 + c);
    }
  }

  @Override
  public void maxRows(int rows, int columns, float[] x, int x0, float[] y, int y0) {
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      max1(rows, columns, x, x0 + c, y, y0 + c);
    }
    if (c < columns) {
      maxMasked(rows, columns, tail(columns), x, x0 + c, y, y0 + c);
    }
  }

  @Override
  public void sums(
      int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch) {
    for (int p = 0; p < parts; p++) {
      for (int c = 0; c < columns; c++) {
        y[y0 + p * pitch + c] = 0;
      }
    }
    int part = rows * columns;
    int p = 0;
    for (; p <= parts - STREAMS; p += STREAMS) {
      int from = x0 + p * part;
      int to = y0 + p * pitch;
      int c = 0;
      for (; c <= columns - LANES; c += LANES) {
        add4(rows, columns, x, from + c, part, y, to + c, pitch);
      }
      if (c < columns) {
        add4Masked(rows, columns, tail(columns), x, from + c, part, y, to + c, pitch);
      }
    }
    for (; p < parts; p++) {
      addRows(rows, columns, x, x0 + p * part, y, y0 + p * pitch);
    }
  }

  @Override
  public void squares(
      int parts, int rows, int columns, float[] x, int x0, float[] y, int y0, int pitch) {
    int part = rows * columns;
    int p = 0;
    for (; p <= parts - STREAMS; p += STREAMS) {
      int from = x0 + p * part;
      int to = y0 + p * pitch;
      int c = 0;
      for (; c <= columns - LANES; c += LANES) {
        squares4(rows, columns, x, from + c, part, y, to + c, pitch);
      }
      if (c < columns) {
        squares4Masked(rows, columns, tail(columns), x, from + c, part, y, to + c, pitch);
      }
    }
    for (; p < parts; p++) {
      int from = x0 + p * part;
      int to = y0 + p * pitch;
      int c = 0;
      for (; c <= columns - STREAMS * LANES; c += STREAMS * LANES) {
        squares4(rows, columns, x, from + c, LANES, y, to + c, LANES);
      }
      for (; c < columns; c += LANES) {
        squaresMasked(rows, columns, F.indexInRange(c, columns), x, from + c, y, to + c);
      }
    }
  }

  private static VectorMask<Float> tail(int columns) {
    return F.indexInRange(F.loopBound(columns), columns);
  }

  private static void add1(int rows, int pitch, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.add(v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0);
  }

  private static void add4(
      int rows, int pitch, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    FloatVector s0 = v(y, y0);
    FloatVector s1 = v(y, y0 + yStep);
    FloatVector s2 = v(y, y0 + 2 * yStep);
    FloatVector s3 = v(y, y0 + 3 * yStep);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      s0 = s0.add(v(x, at));
      s1 = s1.add(v(x, at + xStep));
      s2 = s2.add(v(x, at + 2 * xStep));
      s3 = s3.add(v(x, at + 3 * xStep));
    }
    s0.intoArray(y, y0);
    s1.intoArray(y, y0 + yStep);
    s2.intoArray(y, y0 + 2 * yStep);
    s3.intoArray(y, y0 + 3 * yStep);
  }

  private static void add4Masked(
      int rows,
      int pitch,
      VectorMask<Float> m,
      float[] x,
      int x0,
      int xStep,
      float[] y,
      int y0,
      int yStep) {
    FloatVector s0 = v(y, y0, m);
    FloatVector s1 = v(y, y0 + yStep, m);
    FloatVector s2 = v(y, y0 + 2 * yStep, m);
    FloatVector s3 = v(y, y0 + 3 * yStep, m);
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      s0 = s0.add(v(x, at, m));
      s1 = s1.add(v(x, at + xStep, m));
      s2 = s2.add(v(x, at + 2 * xStep, m));
      s3 = s3.add(v(x, at + 3 * xStep, m));
    }
    s0.intoArray(y, y0, m);
    s1.intoArray(y, y0 + yStep, m);
    s2.intoArray(y, y0 + 2 * yStep, m);
    s3.intoArray(y, y0 + 3 * yStep, m);
  }

  private static void addMasked(
      int rows, int pitch, VectorMask<Float> m, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0, m);
    for (int r = 0; r < rows; r++) {
      s = s.add(v(x, x0 + r * pitch, m));
    }
    s.intoArray(y, y0, m);
  }

  private static void max1(int rows, int pitch, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0);
    for (int r = 0; r < rows; r++) {
      s = s.max(v(x, x0 + r * pitch));
    }
    s.intoArray(y, y0);
  }

  private static void maxMasked(
      int rows, int pitch, VectorMask<Float> m, float[] x, int x0, float[] y, int y0) {
    FloatVector s = v(y, y0, m);
    for (int r = 0; r < rows; r++) {
      s = s.max(v(x, x0 + r * pitch, m));
    }
    s.intoArray(y, y0, m);
  }

  private static void squares4(
      int rows, int pitch, float[] x, int x0, int xStep, float[] y, int y0, int yStep) {
    FloatVector m0 = v(y, y0);
    FloatVector m1 = v(y, y0 + yStep);
    FloatVector m2 = v(y, y0 + 2 * yStep);
    FloatVector m3 = v(y, y0 + 3 * yStep);
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      FloatVector d0 = v(x, at).sub(m0);
      FloatVector d1 = v(x, at + xStep).sub(m1);
      FloatVector d2 = v(x, at + 2 * xStep).sub(m2);
      FloatVector d3 = v(x, at + 3 * xStep).sub(m3);
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      s2 = d2.fma(d2, s2);
      s3 = d3.fma(d3, s3);
    }
    int to = y0 + pitch;
    s0.intoArray(y, to);
    s1.intoArray(y, to + yStep);
    s2.intoArray(y, to + 2 * yStep);
    s3.intoArray(y, to + 3 * yStep);
  }

  private static void squares4Masked(
      int rows,
      int pitch,
      VectorMask<Float> m,
      float[] x,
      int x0,
      int xStep,
      float[] y,
      int y0,
      int yStep) {
    FloatVector m0 = v(y, y0, m);
    FloatVector m1 = v(y, y0 + yStep, m);
    FloatVector m2 = v(y, y0 + 2 * yStep, m);
    FloatVector m3 = v(y, y0 + 3 * yStep, m);
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int r = 0; r < rows; r++) {
      int at = x0 + r * pitch;
      FloatVector d0 = v(x, at, m).sub(m0);
      FloatVector d1 = v(x, at + xStep, m).sub(m1);
      FloatVector d2 = v(x, at + 2 * xStep, m).sub(m2);
      FloatVector d3 = v(x, at + 3 * xStep, m).sub(m3);
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
      s2 = d2.fma(d2, s2);
      s3 = d3.fma(d3, s3);
    }
    int to = y0 + pitch;
    s0.intoArray(y, to, m);
    s1.intoArray(y, to + yStep, m);
    s2.intoArray(y, to + 2 * yStep, m);
    s3.intoArray(y, to + 3 * yStep, m);
  }

  private static void squaresMasked(
      int rows, int pitch, VectorMask<Float> m, float[] x, int x0, float[] y, int y0) {
    FloatVector mean = v(y, y0, m);
    FloatVector s = FloatVector.zero(F);
    for (int r = 0; r < rows; r++) {
      FloatVector d = v(x, x0 + r * pitch, m).sub(mean);
      s = d.fma(d, s);
    }
    s.intoArray(y, y0 + pitch, m);
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static FloatVector v(float[] a, int at, VectorMask<Float> mask) {
    return FloatVector.fromArray(F, a, at, mask);
  }
}
