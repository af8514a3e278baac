package espalier.kernels.cpu;

import espalier.kernels.spi.Split;

/** Joins the parts of a split sum, which lie one after the other, in the order the split fixes. */
final class PartialSums {
  /** Sums a thread joins at a time: their parts stay in a cache. */
  private static final int CHUNK = 2048;

  private PartialSums() {}

  /**
   * Writes the joined sums to {@code target}; the parts are overwritten.
   *
   * @param parts holds part {@code p} of each sum from {@code parts0 + p · outputs} on
   */
  static void join(
      Split split,
      int outputs,
      float[] parts,
      int parts0,
      float[] target,
      int target0,
      Workers workers) {
    workers.each(
        (outputs + CHUNK - 1) / CHUNK,
        chunk -> {
          int from = chunk * CHUNK;
          int count = Math.min(CHUNK, outputs - from);
          int at = parts0 + from;
          split.joinInto(
              (into, other) -> add(count, parts, at + into * outputs, at + other * outputs));
          System.arraycopy(parts, at, target, target0 + from, count);
        });
  }

  private static void add(int count, float[] values, int into, int other) {
    for (int e = 0; e < count; e++) {
      values[into + e] += values[other + e];
    }
  }
}
