package espalier.kernels.cpu;

import java.util.List;

/**
 * Few channels of several neighbouring pixels in one vector, as if they were as many channels of
 * one.
 *
 * @param lanes channels that {@code tile} takes: those of {@code pixels} pixels
 */
record DepthwiseFolding(DepthwiseTile tile, int lanes, int pixels) {
  /*
   * Pixels of a row that use the same taps are contiguous at a stride of 1, and so is what they
   * read. With a tap's weights repeated along the lanes each lane computes the chain it would have
   * computed alone.
   */

  /** Vectors that make a strip worth folding. */
  private static final int SHORTEST_STRIP = 4;

  /** The ways to fold {@code channels} channels into vectors of {@code tiles}, in their order. */
  static List<DepthwiseFolding> of(int channels, List<DepthwiseTile> tiles) {
    return tiles.stream()
        .map(tile -> new DepthwiseFolding(tile, tile.channels(Integer.MAX_VALUE), channels))
        .filter(one -> one.lanes >= 2 * channels && one.lanes % channels == 0)
        .map(one -> new DepthwiseFolding(one.tile, one.lanes, one.lanes / channels))
        .toList();
  }

  /** Whether a strip of {@code count} pixels is long enough. */
  boolean suits(int count) {
    return count >= SHORTEST_STRIP * pixels;
  }

  /** Writes the rows of {@code w}, one per tap, {@code pitch} floats apart, each repeated. */
  static void repeat(int taps, int channels, float[] w, int w0, float[] to, int pitch) {
    for (int tap = 0; tap < taps; tap++) {
      System.arraycopy(w, w0 + tap * channels, to, tap * pitch, channels);
      Rows.repeat(to, tap * pitch, channels, pitch);
    }
  }
}
