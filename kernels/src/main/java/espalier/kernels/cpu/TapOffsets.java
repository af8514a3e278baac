package espalier.kernels.cpu;

/**
 * Where the taps of a pixel are, row by row.
 *
 * @param source source elements of each tap from the first
 * @param weights weight elements of each tap from the first
 */
record TapOffsets(int[] source, int[] weights) {
  static TapOffsets of(
      Span row, Span column, int sourceRow, int sourceColumn, int weightRow, int weightColumn) {
    int[] source = new int[row.taps() * column.taps()];
    int[] weights = new int[source.length];
    for (int t = 0; t < source.length; t++) {
      int i = t / column.taps();
      int j = t % column.taps();
      source[t] = i * sourceRow + j * sourceColumn;
      weights[t] = i * weightRow + j * weightColumn;
    }
    return new TapOffsets(source, weights);
  }
}
