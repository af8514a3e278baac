package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Work on padded rows, and the rows it needs that no band before it did. So rows are copied once,
 * shortly before they are read.
 *
 * @param copied runs of rows to be copied first
 */
record PaddedBand<W>(List<Rows> copied, List<W> works) {
  PaddedBand {
    copied = List.copyOf(copied);
    works = List.copyOf(works);
  }

  /** Rows {@code from … to − 1}. */
  record Rows(int from, int to) {}

  /** Rows that the bands of an image have copied so far. */
  static final class Copied {
    private final boolean[] rows;

    Copied(int rows) {
      this.rows = new boolean[rows];
    }

    /** Those of rows {@code from … to − 1} that are missing, which they are no longer then. */
    List<Rows> missing(int from, int to) {
      List<Rows> runs = new ArrayList<>();
      for (int row = from; row < to; row++) {
        if (!rows[row]) {
          int start = row;
          for (; row < to && !rows[row]; row++) {
            rows[row] = true;
          }
          runs.add(new Rows(start, row));
        }
      }
      return runs;
    }
  }

  /** Copies what is missing of the image at {@code source0}. */
  void copy(PaddedRows padded, float[] source, int source0, float[] target, int target0) {
    for (Rows rows : copied) {
      padded.copy(rows.from, rows.to, source, source0, target, target0);
    }
  }
}
