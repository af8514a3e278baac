package espalier.kernels.cpu;

/** Neighbouring channels of a few pixels held in registers while their taps are added, from zero. */
interface DepthwiseTile {
  /** Most channels of a tile. */
  int lanes();

  /** Computes {@code channels} channels, 1 … {@link #lanes()}, of eight pixels. */
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

  /** Computes {@code channels} channels, 1 … {@link #lanes()}, of four pixels. */
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

  /** Computes {@code channels} channels, 1 … {@link #lanes()}, of one pixel. */
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
