package espalier.kernels.cpu;

/**
 * Neighbouring channels of eight pixels held in registers while their taps are added, from zero.
 */
interface DepthwiseTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /**
   * The same tile for walks with these distances, whose taps are as far apart as their pixels; may
   * be made for no other walks.
   */
  DepthwiseTile apart(int sourcePixel, int targetPixel);

  /**
   * Computes {@code channels} channels, as many as {@link #channels} said, of every pixel of a
   * walk.
   *
   * @param source0 where the first pixel's first tap reads
   * @param weights0 where the first tap's weights are
   * @param target0 where the first pixel is written
   */
  void run(
      DepthwiseWalk walk,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);
}
