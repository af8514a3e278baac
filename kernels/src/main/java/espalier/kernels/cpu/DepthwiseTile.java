package espalier.kernels.cpu;

/**
 * Neighbouring channels of a few pixels held in registers while their taps are added, from zero:
 * tap {@code t} reads the source at {@code sourceTaps[t]} and the weights at {@code weightTaps[t]}
 * beyond their starts; from pixel to pixel, the source moves by {@code sourcePixel} and the target
 * by {@code targetPixel} elements.
 */
interface DepthwiseTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /**
   * The same tile for strips whose pixels are so many elements apart; may be made for no other
   * strips.
   */
  DepthwiseTile apart(int sourcePixel, int targetPixel);

  /**
   * Computes {@code channels} channels, as many as {@link #channels} said, of {@code tiles} times
   * eight pixels.
   */
  void eightPixels(
      int tiles,
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of four pixels. */
  void fourPixels(
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of one pixel. */
  void onePixel(
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);
}
