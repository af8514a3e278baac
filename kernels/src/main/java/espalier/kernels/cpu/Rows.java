package espalier.kernels.cpu;

/** Moves of short rows of floats. */
final class Rows {
  private Rows() {}

  /** Makes the {@code length} floats at {@code at} repeat up to {@code at + end}. */
  static void repeat(float[] row, int at, int length, int end) {
    for (int filled = length; filled < end; filled *= 2) {
      System.arraycopy(row, at, row, at + filled, Math.min(filled, end - filled));
    }
  }
}
