package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Ref;
import java.util.Arrays;

/** Kernels that move or set elements: {@link Call.Copy}, {@link Call.Fill}, {@link Call.OneHot}. */
final class Copying {
  /** Elements that make a part for one worker. */
  private static final int WORK = 1 << 15;

  private Copying() {}

  static void copy(Call.Copy call, Frame frame, ElementLoops loops) {
    Box box = Box.of(call);
    int outer = box.extents[0];
    int inner = call.extents().product() / Math.max(1, outer);
    int each = Math.max(1, WORK / Math.max(1, inner));
    int source0 = frame.at(call.source()) + call.sourceOffset();
    int target0 = frame.at(call.target()) + call.targetOffset();
    frame
        .workers()
        .each(
            (outer + each - 1) / each,
            part -> {
              int from = part * each;
              int n = Math.min(outer - from, each);
              int source = source0 + from * box.sources[0];
              int target = target0 + from * box.targets[0];
              if (frame.holdsInts(call.source())) {
                int[] x = frame.ints(call.source());
                box.copy(0, n, x, source, frame.ints(call.target()), target);
              } else {
                float[] x = frame.array(call.source());
                box.copy(loops, 0, n, x, source, frame.array(call.target()), target);
              }
            });
  }

  static void fill(Call.Fill call, Frame frame) {
    Ref y = call.y();
    int from = frame.at(y);
    int to = from + frame.elements(y);
    if (frame.holdsInts(y)) {
      Arrays.fill(frame.ints(y), from, to, (int) call.value());
    } else {
      Arrays.fill(frame.array(y), from, to, (float) call.value());
    }
  }

  static void oneHot(Call.OneHot call, Frame frame) {
    int[] labels = frame.ints(call.labels());
    int labels0 = frame.at(call.labels());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    Arrays.fill(y, y0, y0 + call.rows() * call.classes(), 0);
    for (int r = 0; r < call.rows(); r++) {
      int label = labels[labels0 + r];
      if (label >= 0 && label < call.classes()) {
        y[y0 + r * call.classes() + label] = 1;
      }
    }
  }

  /**
   * Axes of a copy, those of one element dropped and neighbours merged where both sides walk on.
   * Two axes at least, the first of which is shared out among the workers.
   */
  private record Box(int[] extents, int[] sources, int[] targets) {

    static Box of(Call.Copy call) {
      Dims extents = call.extents();
      int rank = extents.rank();
      int[] e = new int[rank + 2];
      int[] s = new int[rank + 2];
      int[] t = new int[rank + 2];
      int first = rank + 2;
      for (int axis = rank - 1; axis >= 0; axis--) {
        int source = call.sourceStrides().get(axis);
        int target = call.targetStrides().get(axis);
        if (extents.get(axis) == 1) {
          continue;
        }
        if (first < rank + 2 && source == s[first] * e[first] && target == t[first] * e[first]) {
          e[first] *= extents.get(axis);
        } else {
          first--;
          e[first] = extents.get(axis);
          s[first] = source;
          t[first] = target;
        }
      }
      while (first > rank) {
        first--;
        e[first] = 1;
      }
      return new Box(
          Arrays.copyOfRange(e, first, rank + 2),
          Arrays.copyOfRange(s, first, rank + 2),
          Arrays.copyOfRange(t, first, rank + 2));
    }

    /** Copies {@code n} steps of {@code axis}. */
    void copy(ElementLoops loops, int axis, int n, float[] x, int x0, float[] y, int y0) {
      int s = sources[axis];
      int t = targets[axis];
      int next = axis + 1;
      if (next == extents.length - 1 && sources[next] == 1 && targets[next] == 1) {
        loops.copyRows(n, extents[next], x, x0, s, y, y0, t);
        return;
      }
      for (int i = 0; i < n; i++) {
        if (next < extents.length) {
          copy(loops, next, extents[next], x, x0 + i * s, y, y0 + i * t);
        } else {
          y[y0 + i * t] = x[x0 + i * s];
        }
      }
    }

    /** Copies {@code n} steps of {@code axis}. */
    void copy(int axis, int n, int[] x, int x0, int[] y, int y0) {
      int s = sources[axis];
      int t = targets[axis];
      int next = axis + 1;
      for (int i = 0; i < n; i++) {
        if (next < extents.length) {
          copy(next, extents[next], x, x0 + i * s, y, y0 + i * t);
        } else {
          y[y0 + i * t] = x[x0 + i * s];
        }
      }
    }
  }
}
