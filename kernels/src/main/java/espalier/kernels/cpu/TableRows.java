package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.Arrays;

/** Kernels that read and add to rows of a table, one twin for all: memory bounds them. */
final class TableRows {
  /*
   * Gathering shares out the rows of the result. Scattering shares out the entries of the table:
   * every worker walks over all indices and takes those that are its own, so that each element is
   * summed by one worker, in the order of the rows, however many there are.
   */

  /** Elements that make a part for one worker. */
  private static final int WORK = 1 << 15;

  private TableRows() {}

  static void gather(Call.GatherRows call, Frame frame) {
    int width = call.width();
    int each = Math.max(1, WORK / Math.max(1, width));
    int[] indices = frame.ints(call.indices());
    int indices0 = frame.at(call.indices());
    float[] table = frame.array(call.table());
    int table0 = frame.at(call.table());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    frame
        .workers()
        .each(
            Math.ceilDiv(call.rows(), each),
            part -> {
              int end = Math.min(call.rows(), (part + 1) * each);
              for (int r = part * each; r < end; r++) {
                int entry = indices[indices0 + r];
                int to = y0 + r * width;
                if (entry >= 0 && entry < call.entries()) {
                  System.arraycopy(table, table0 + entry * width, y, to, width);
                } else {
                  Arrays.fill(y, to, to + width, 0);
                }
              }
            });
  }

  static void scatter(Call.ScatterRows call, Frame frame) {
    int width = call.width();
    int each = Math.max(1, WORK / Math.max(1, width));
    int[] indices = frame.ints(call.indices());
    int indices0 = frame.at(call.indices());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] table = frame.array(call.table());
    int table0 = frame.at(call.table());
    frame
        .workers()
        .each(
            Math.ceilDiv(call.entries(), each),
            part -> {
              int first = part * each;
              int end = Math.min(call.entries(), first + each);
              Arrays.fill(table, table0 + first * width, table0 + end * width, 0);
              for (int r = 0; r < call.rows(); r++) {
                int entry = indices[indices0 + r];
                if (entry >= first && entry < end) {
                  add(dy, dy0 + r * width, table, table0 + entry * width, width);
                }
              }
            });
  }

  private static void add(float[] x, int x0, float[] y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] += x[x0 + i];
    }
  }
}
