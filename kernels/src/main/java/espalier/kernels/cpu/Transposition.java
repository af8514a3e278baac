package espalier.kernels.cpu;

/** Copies matrices with rows and columns exchanged. */
final class Transposition {
  /** Rows that are copied together, so that what is written is contiguous for a while. */
  private static final int ROWS = 8;

  private Transposition() {}

  /**
   * Element {@code e} of row {@code r}, at {@code from0 + r · apart + e}, goes to {@code to0 + e ·
   * stride + r}.
   */
  static void of(
      int rows, int length, float[] from, int from0, int apart, float[] to, int to0, int stride) {
    int r = 0;
    for (; r + ROWS <= rows; r += ROWS) {
      eight(length, from, from0 + r * apart, apart, to, to0 + r, stride);
    }
    for (; r < rows; r++) {
      int row = from0 + r * apart;
      for (int e = 0; e < length; e++) {
        to[to0 + e * stride + r] = from[row + e];
      }
    }
  }

  private static void eight(
      int length, float[] from, int from0, int apart, float[] to, int to0, int stride) {
    int f1 = from0 + apart;
    int f2 = f1 + apart;
    int f3 = f2 + apart;
    int f4 = f3 + apart;
    int f5 = f4 + apart;
    int f6 = f5 + apart;
    int f7 = f6 + apart;
    for (int e = 0; e < length; e++) {
      int t = to0 + e * stride;
      to[t] = from[from0 + e];
      to[t + 1] = from[f1 + e];
      to[t + 2] = from[f2 + e];
      to[t + 3] = from[f3 + e];
      to[t + 4] = from[f4 + e];
      to[t + 5] = from[f5 + e];
      to[t + 6] = from[f6 + e];
      to[t + 7] = from[f7 + e];
    }
  }
}
