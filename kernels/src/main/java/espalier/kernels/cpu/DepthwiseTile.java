package espalier.kernels.cpu;

/** Neighbouring channels of a few pixels held in registers while their taps are added, from zero. */
interface DepthwiseTile {
  /** How many of {@code left} channels a tile takes; 0 where they are too few for it. */
  int channels(int left);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of eight pixels. */
  void eightPixels(
      TapStrides at,
      int rowTaps,
      int columnTaps,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of four pixels. */
  void fourPixels(
      TapStrides at,
      int rowTaps,
      int columnTaps,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);

  /** Computes {@code channels} channels, as many as {@link #channels} said, of one pixel. */
  void onePixel(
      TapStrides at,
      int rowTaps,
      int columnTaps,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0);
}
