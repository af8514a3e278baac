package espalier.kernels.cpu;

import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Operand;
import java.util.Arrays;
import java.util.List;

/**
 * How an operand is read over an iteration space whose points are numbered in row-major order: its
 * axes, the adjacent ones merged where they are one walk, those of one element dropped.
 */
final class Access {
  /** What is known of the walk. */
  enum Kind {
    /** Point {@code p} is at element {@code p}. */
    LINEAR,
    /** Every point is at element 0. */
    UNIFORM,
    /** Point {@code p} is at element {@code p mod period}. */
    PERIODIC,
    /** Any other. */
    STRIDED
  }

  private final int[] extents;
  private final int[] strides;

  /** The walk over {@code shape} with {@code strides}. */
  Access(Dims shape, Dims strides) {
    int[] e = new int[shape.rank()];
    int[] s = new int[shape.rank()];
    int kept = 0;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int extent = shape.get(axis);
      int stride = strides.get(axis);
      if (extent == 1) {
        continue;
      }
      if (kept > 0 && stride == s[kept - 1] * e[kept - 1]) {
        e[kept - 1] *= extent;
      } else {
        e[kept] = extent;
        s[kept++] = stride;
      }
    }
    boolean onePoint = kept == 0;
    this.extents = onePoint ? new int[] {1} : Arrays.copyOf(e, kept);
    this.strides = onePoint ? new int[] {1} : Arrays.copyOf(s, kept);
  }

  /** The walks of {@code operands} over {@code shape}. */
  static Access[] of(Dims shape, List<Operand> operands) {
    Access[] accesses = new Access[operands.size()];
    for (int i = 0; i < accesses.length; i++) {
      accesses[i] = new Access(shape, operands.get(i).strides());
    }
    return accesses;
  }

  /** What is known of the walk. */
  Kind kind() {
    if (extents.length == 1 && strides[0] == 0) {
      return Kind.UNIFORM;
    }
    if (strides[0] != 1 || extents.length > 2) {
      return Kind.STRIDED;
    }
    if (extents.length == 1) {
      return Kind.LINEAR;
    }
    return strides[1] == 0 ? Kind.PERIODIC : Kind.STRIDED;
  }

  /** The period of a {@link Kind#PERIODIC} walk. */
  int period() {
    return extents[0];
  }

  /** Copies what points {@code p … p + n − 1} read from {@code x} to {@code row}. */
  void gather(float[] x, int x0, int p, int n, float[] row, int row0) {
    int inner = extents[0];
    int done = 0;
    while (done < n) {
      int point = p + done;
      int phase = point % inner;
      int at = x0 + start(point / inner) + phase * strides[0];
      int run = Math.min(n - done, inner - phase);
      copyRun(run, x, at, row, row0 + done);
      if (run == inner) {
        run = repeat(point / inner, inner, n - done, row, row0 + done);
      }
      done += run;
    }
  }

  /** Offset of the first element of run {@code run}, counted over all axes but the innermost. */
  private int start(int run) {
    int offset = 0;
    int rest = run;
    for (int axis = 1; axis < extents.length; axis++) {
      offset += rest % extents[axis] * strides[axis];
      rest /= extents[axis];
    }
    return offset;
  }

  private void copyRun(int n, float[] x, int at, float[] row, int row0) {
    int stride = strides[0];
    for (int i = 0; i < n; i++) {
      row[row0 + i] = x[at + i * stride];
    }
  }

  /**
   * Repeats the whole run at the start of {@code row} as often as the axis around it does, within
   * {@code n} elements; answers how many elements there are then.
   */
  private int repeat(int run, int length, int n, float[] row, int row0) {
    if (extents.length < 2 || strides[1] != 0) {
      return length;
    }
    int end = Math.min(n / length, extents[1] - run % extents[1]) * length;
    Rows.repeat(row, row0, length, end);
    return end;
  }
}
