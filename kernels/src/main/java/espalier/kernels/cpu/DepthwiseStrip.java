package espalier.kernels.cpu;

/** Pixels in line that use the same taps. */
record DepthwiseStrip(TapOffsets taps, int count, int sourcePixel, int targetPixel) {
  private static final int EIGHT = 8;
  private static final int FOUR = 4;

  /** Tap columns from which neighbouring pixels share what they read. */
  private static final int NEIGHBOURS = 3;

  /** Computes some channels of the pixels with tiles of eight pixels, four or one. */
  void run(
      DepthwiseTile tile,
      int channels,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    int[] sourceTaps = taps.source();
    int[] weightTaps = taps.weights();
    int n = sourceTaps.length;
    int p = 0;
    while (p < count) {
      int left = count - p;
      if (count >= EIGHT && left > FOUR) {
        p = Math.min(p, count - EIGHT); // the last may reach back over pixels already done
        eight(
            tile,
            channels,
            source,
            source0 + p * sourcePixel,
            w,
            w0,
            target,
            target0 + p * targetPixel);
        p += EIGHT;
      } else if (count >= FOUR && left > 1) {
        p = Math.min(p, count - FOUR);
        tile.fourPixels(
            n,
            sourceTaps,
            weightTaps,
            sourcePixel,
            targetPixel,
            channels,
            source,
            source0 + p * sourcePixel,
            w,
            w0,
            target,
            target0 + p * targetPixel);
        p += FOUR;
      } else {
        tile.onePixel(
            n,
            sourceTaps,
            weightTaps,
            sourcePixel,
            targetPixel,
            channels,
            source,
            source0 + p * sourcePixel,
            w,
            w0,
            target,
            target0 + p * targetPixel);
        p++;
      }
    }
  }

  private void eight(
      DepthwiseTile tile,
      int channels,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    int step = taps.sourceColumn();
    if (taps.columns() < NEIGHBOURS || Math.abs(step) != Math.abs(sourcePixel)) {
      tile.eightPixels(
          taps.source().length,
          taps.source(),
          taps.weights(),
          sourcePixel,
          targetPixel,
          channels,
          source,
          source0,
          w,
          w0,
          target,
          target0);
      return;
    }
    boolean backwards = step != sourcePixel; // then neighbours are met from the last pixel on
    int first = backwards ? EIGHT - 1 : 0;
    tile.eightNeighbours(
        taps.rows(),
        taps.columns(),
        taps.sourceRow(),
        step,
        taps.weightRow(),
        taps.weightColumn(),
        backwards ? -targetPixel : targetPixel,
        channels,
        source,
        source0 + first * sourcePixel,
        w,
        w0,
        target,
        target0 + first * targetPixel);
  }
}
