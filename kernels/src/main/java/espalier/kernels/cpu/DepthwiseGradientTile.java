package espalier.kernels.cpu;

/**
 * Neighbouring channels of the gradients of a few taps in line, held in registers while rows of
 * pixels are added to them.
 */
interface DepthwiseGradientTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /** The same tile for rows with these distances; may be made for no other rows. */
  DepthwiseGradientTile apart(int xPixel, int xTap, int dyPixel);

  /**
   * Adds rows of pixels to five taps.
   *
   * @param channels as many as {@link #channels} said
   * @param x0 where the first pixel's first tap reads
   * @param sums0 where the first tap's sums are
   * @param pitch elements of {@code sums} from tap to tap
   */
  void fiveTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch);

  /** As {@link #fiveTaps} for three taps. */
  void threeTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch);

  /** As {@link #fiveTaps} for three rows of three taps, one row of taps after the other. */
  void nineTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch);
}
