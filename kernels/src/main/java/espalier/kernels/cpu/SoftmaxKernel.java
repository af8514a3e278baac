package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Split;

/**
 * {@link Call.Softmax}: rows are subtracted and exponentiated as many at a time as make a chunk.
 */
final class SoftmaxKernel {
  private static final Call.Reduce.Kind SUM = Call.Reduce.Kind.SUM;
  private static final Call.Reduce.Kind MAX = Call.Reduce.Kind.MAX;

  /** Elements that make a part for one worker. */
  private static final int WORK = 1 << 13;

  /** Elements exponentiated at a time. */
  private static final int CHUNK = 1024;

  private final ElementLoops elements;
  private final ChainLoops chains;

  SoftmaxKernel(ElementLoops elements, ChainLoops chains) {
    this.elements = elements;
    this.chains = chains;
  }

  void run(Call.Softmax call, Frame frame) {
    int columns = call.columns();
    int rows = Math.max(1, WORK / Math.max(1, columns));
    Workers workers = frame.workers();
    float[] x = frame.array(call.x());
    float[] y = frame.array(call.y());
    Split split = Split.ofReduction(columns);
    workers.each(
        (call.rows() + rows - 1) / rows,
        part -> {
          int n = Math.min(rows, call.rows() - part * rows);
          int at = part * rows * columns;
          int x0 = frame.at(call.x()) + at;
          int y0 = frame.at(call.y()) + at;
          float[] room = workers.packing(Lanes.COUNT + CHUNK + split.parts());
          subtractMaxima(n, columns, x, x0, y, y0, room);
          if (columns <= CHUNK) {
            shortRows(call.logarithm(), n, columns, y, y0, room);
          } else {
            for (int r = 0; r < n; r++) {
              longRow(call.logarithm(), split, y, y0 + r * columns, room);
            }
          }
        });
  }

  private void subtractMaxima(
      int n, int columns, float[] x, int x0, float[] y, int y0, float[] room) {
    for (int r = 0; r < n; r++) {
      int row = r * columns;
      Lanes.begin(MAX, room, 0);
      Lanes.take(chains, MAX, columns, x, x0 + row, room, 0);
      float max = Lanes.join(MAX, room, 0);
      elements.subtract(columns, x, x0 + row, max, y, y0 + row);
    }
  }

  /** Normalises rows {@code x − m} of a chunk's length at most. */
  private void shortRows(boolean logarithm, int n, int columns, float[] y, int y0, float[] room) {
    int each = CHUNK / Math.max(1, columns);
    for (int first = 0; first < n; first += each) {
      int count = Math.min(each, n - first);
      int at = y0 + first * columns;
      elements.unary(Fn.EXP, count * columns, y, at, room, Lanes.COUNT);
      for (int r = 0; r < count; r++) {
        int row = r * columns;
        Lanes.begin(SUM, room, 0);
        Lanes.take(chains, SUM, columns, room, Lanes.COUNT + row, room, 0);
        float sum = Lanes.join(SUM, room, 0);
        if (logarithm) {
          elements.subtract(columns, y, at + row, ScalarFunctions.log(sum), y, at + row);
        } else {
          elements.divide(columns, room, Lanes.COUNT + row, sum, y, at + row);
        }
      }
    }
  }

  /** Normalises one row {@code x − m} of several parts. */
  private void longRow(boolean logarithm, Split split, float[] y, int y0, float[] room) {
    int sums = Lanes.COUNT + CHUNK;
    for (int p = 0; p < split.parts(); p++) {
      int at = y0 + split.from(p);
      int n = split.to(p) - split.from(p);
      elements.unary(Fn.EXP, n, y, at, room, Lanes.COUNT);
      Lanes.begin(SUM, room, 0);
      Lanes.take(chains, SUM, n, room, Lanes.COUNT, room, 0);
      room[sums + p] = Lanes.join(SUM, room, 0);
      if (!logarithm) {
        System.arraycopy(room, Lanes.COUNT, y, at, n);
      }
    }
    split.joinInto((into, from) -> room[sums + into] += room[sums + from]);
    if (logarithm) {
      elements.subtract(split.terms(), y, y0, ScalarFunctions.log(room[sums]), y, y0);
    } else {
      elements.divide(split.terms(), y, y0, room[sums], y, y0);
    }
  }
}
