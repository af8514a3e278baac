package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Ref;
import java.util.Arrays;

/** Kernels that move or set elements: {@link Call.Copy}, {@link Call.Fill}, {@link Call.OneHot}. */
final class Copying {
  /** Elements that make a part for one worker. */
  private static final int WORK = 1 << 15;

  /** Shorter runs are copied element by element. */
  private static final int ARRAY_COPY = 16;

  private Copying() {}

  static void copy(Call.Copy call, Frame frame) {
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
              int end = Math.min(outer, (part + 1) * each);
              for (int i = part * each; i < end; i++) {
                int source = source0 + i * box.sources[0];
                int target = target0 + i * box.targets[0];
                if (frame.holdsInts(call.source())) {
                  box.copy(1, frame.ints(call.source()), source, frame.ints(call.target()), target);
                } else {
                  box.copy(
                      1, frame.array(call.source()), source, frame.array(call.target()), target);
                }
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

    void copy(int axis, float[] x, int x0, float[] y, int y0) {
      int n = extents[axis];
      int s = sources[axis];
      int t = targets[axis];
      if (axis < extents.length - 1) {
        for (int i = 0; i < n; i++) {
          copy(axis + 1, x, x0 + i * s, y, y0 + i * t);
        }
      } else if (s == 1 && t == 1 && n >= ARRAY_COPY) {
        System.arraycopy(x, x0, y, y0, n);
      } else {
        for (int i = 0; i < n; i++) {
          y[y0 + i * t] = x[x0 + i * s];
        }
      }
    }

    void copy(int axis, int[] x, int x0, int[] y, int y0) {
      int n = extents[axis];
      int s = sources[axis];
      int t = targets[axis];
      for (int i = 0; i < n; i++) {
        if (axis < extents.length - 1) {
          copy(axis + 1, x, x0 + i * s, y, y0 + i * t);
        } else {
          y[y0 + i * t] = x[x0 + i * s];
        }
      }
    }
  }
}
