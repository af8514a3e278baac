package espalier.kernels.cpu;

/**
 * Neighbouring channels of a few weight gradients held in registers while rows of pixels are added
 * to them: tap {@code t} reads {@code x} at {@code x0 + taps[t]} and is at {@code dw0 + sums[t]}.
 */
interface DepthwiseGradientTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /**
   * The same tile for rows whose pixels are so many elements apart; may be made for no other rows.
   */
  DepthwiseGradientTile apart(int xPixel, int dyPixel);

  /**
   * Adds rows of pixels to taps {@code first … first + 4}.
   *
   * @param xRow elements of x from row to row
   * @param dyRow elements of dy from row to row
   * @param xPixel elements of x from pixel to pixel
   * @param dyPixel elements of dy from pixel to pixel
   * @param channels as many as {@link #channels} said
   */
  void fiveTaps(
      int rows,
      int pixels,
      int xRow,
      int dyRow,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] sums,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0);

  /** As {@link #fiveTaps} for taps {@code first … first + 2}. */
  void threeTaps(
      int rows,
      int pixels,
      int xRow,
      int dyRow,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] sums,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0);
}
