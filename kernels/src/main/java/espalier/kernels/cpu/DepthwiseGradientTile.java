package espalier.kernels.cpu;

/**
 * Neighbouring channels of a few weight gradients held in registers while a run of pixels is added
 * to them: tap {@code t} reads {@code x} at {@code x0 + taps[t]} and is at {@code dw0 +
 * weights[t]}.
 */
interface DepthwiseGradientTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /**
   * Adds a run of pixels to taps {@code first … first + 8}.
   *
   * @param channels as many as {@link #channels} said
   * @param xPixel elements of x from pixel to pixel
   * @param dyPixel elements of dy from pixel to pixel
   */
  void nineTaps(
      int pixels,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] weights,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0);

  /** As {@link #nineTaps} for taps {@code first … first + 4}. */
  void fiveTaps(
      int pixels,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] weights,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0);
}
