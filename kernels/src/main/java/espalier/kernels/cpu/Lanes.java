package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.Arrays;

/** The chains of a reduction along the innermost axis, and what joins two elements. */
final class Lanes {
  /** Number of chains. */
  static final int COUNT = Call.Reduce.LANES;

  private Lanes() {}

  /** What a chain starts from. */
  static float identity(Call.Reduce.Kind kind) {
    return switch (kind) {
      case SUM -> 0;
      case MAX -> Float.NEGATIVE_INFINITY;
    };
  }

  /** Starts the chains at {@code at}. */
  static void begin(Call.Reduce.Kind kind, float[] lanes, int at) {
    Arrays.fill(lanes, at, at + COUNT, identity(kind));
  }

  /** Takes in {@code n} elements, of which the first belongs to chain 0. */
  static void take(
      ChainLoops chains, Call.Reduce.Kind kind, int n, float[] x, int x0, float[] lanes, int at) {
    int rows = n / COUNT;
    rows(chains, kind, rows, COUNT, x, x0, lanes, at);
    int rest = n - rows * COUNT;
    if (rest > 0) {
      rows(chains, kind, 1, rest, x, x0 + rows * COUNT, lanes, at);
    }
  }

  /** Joins the chains in their fixed order. */
  static float join(Call.Reduce.Kind kind, float[] lanes, int at) {
    for (int gap = COUNT / 2; gap > 0; gap /= 2) {
      for (int i = at; i < at + gap; i++) {
        lanes[i] = join(kind, lanes[i], lanes[i + gap]);
      }
    }
    return lanes[at];
  }

  /** Joins two elements. */
  static float join(Call.Reduce.Kind kind, float a, float b) {
    return switch (kind) {
      case SUM -> a + b;
      case MAX -> Math.max(a, b);
    };
  }

  /** Takes the rows of a matrix into one chain per column. */
  static void rows(
      ChainLoops chains,
      Call.Reduce.Kind kind,
      int rows,
      int columns,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    switch (kind) {
      case SUM -> chains.addRows(rows, columns, columns, x, x0, y, y0);
      case MAX -> chains.maxRows(rows, columns, columns, x, x0, y, y0);
    }
  }
}
