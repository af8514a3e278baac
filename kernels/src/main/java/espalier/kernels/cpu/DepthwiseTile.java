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
   * Computes {@code channels} channels, as many as {@link #channels} said, of eight pixels where
   * the source moves from pixel to pixel as it does from tap column to tap column: what a pixel
   * reads with one tap its neighbour reads with the tap before, and it is loaded once for three of
   * them.
   *
   * @param sourceStep source elements from pixel to pixel and from tap column to tap column
   * @param weightStep weight elements from tap column to tap column
   */
  void eightNeighbours(
      int rows,
      int columns,
      int sourceRow,
      int sourceStep,
      int weightRow,
      int weightStep,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of eight pixels. */
  void eightPixels(
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
