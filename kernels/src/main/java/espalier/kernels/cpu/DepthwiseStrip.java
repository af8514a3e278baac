package espalier.kernels.cpu;

/** Pixels in line that use the same taps. */
record DepthwiseStrip(TapOffsets taps, int count, int sourcePixel, int targetPixel) {
  private static final int EIGHT = 8;
  private static final int FOUR = 4;

  /** Whether whole tiles of eight pixels fill it. */
  boolean isLong() {
    return count >= EIGHT;
  }

  /**
   * Computes some channels of the pixels with tiles of eight pixels, four or one. Where pixels
   * remain, a tile may reach back over some already done.
   */
  void run(
      DepthwiseTile tile,
      int channels,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    int p = 0;
    if (count >= EIGHT) {
      int tiles = count / EIGHT;
      eights(tiles, 0, tile, channels, source, source0, w, w0, target, target0);
      p = tiles * EIGHT;
      if (count - p > FOUR) {
        eights(1, count - EIGHT, tile, channels, source, source0, w, w0, target, target0);
        p = count;
      }
    }
    while (p < count) {
      boolean four = count >= FOUR && count - p > 1;
      int at = four ? Math.min(p, count - FOUR) : p;
      few(four, at, tile, channels, source, source0, w, w0, target, target0);
      p = at + (four ? FOUR : 1);
    }
  }

  private void eights(
      int tiles,
      int p,
      DepthwiseTile tile,
      int channels,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    tile.eightPixels(
        tiles,
        taps.source().length,
        taps.source(),
        taps.weights(),
        sourcePixel,
        targetPixel,
        channels,
        source,
        source0 + p * sourcePixel,
        w,
        w0,
        target,
        target0 + p * targetPixel);
  }

  private void few(
      boolean four,
      int p,
      DepthwiseTile tile,
      int channels,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    int n = taps.source().length;
    int s0 = source0 + p * sourcePixel;
    int t0 = target0 + p * targetPixel;
    int[] from = taps.source();
    int[] by = taps.weights();
    if (four) {
      tile.fourPixels(
          n, from, by, sourcePixel, targetPixel, channels, source, s0, w, w0, target, t0);
    } else {
      tile.onePixel(n, from, by, sourcePixel, targetPixel, channels, source, s0, w, w0, target, t0);
    }
  }
}
