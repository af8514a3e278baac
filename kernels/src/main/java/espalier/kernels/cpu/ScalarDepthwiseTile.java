package espalier.kernels.cpu;

/** Any number of channels, one after the other, in plain Java. */
final class ScalarDepthwiseTile implements DepthwiseTile {
  /** Keeps the pixels of a strip in a cache while it passes over them channel by channel. */
  private static final int LANES = 64;

  @Override
  public int channels(int left) {
    return Math.min(left, LANES);
  }

  @Override
  public DepthwiseTile apart(int sourcePixel, int targetPixel) {
    return this;
  }

  @Override
  public void eightPixels(
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
      int target0) {
    for (int tile = 0; tile < tiles; tile++) {
      for (int lane = 0; lane < channels; lane++) {
        int s0 = source0 + 8 * tile * sourcePixel + lane;
        int t0 = target0 + 8 * tile * targetPixel + lane;
        float y0 = 0;
        float y1 = 0;
        float y2 = 0;
        float y3 = 0;
        float y4 = 0;
        float y5 = 0;
        float y6 = 0;
        float y7 = 0;
        for (int t = 0; t < taps; t++) {
          int s = s0 + sourceTaps[t];
          float w = weights[weights0 + lane + weightTaps[t]];
          y0 = Math.fma(source[s], w, y0);
          y1 = Math.fma(source[s + sourcePixel], w, y1);
          y2 = Math.fma(source[s + 2 * sourcePixel], w, y2);
          y3 = Math.fma(source[s + 3 * sourcePixel], w, y3);
          y4 = Math.fma(source[s + 4 * sourcePixel], w, y4);
          y5 = Math.fma(source[s + 5 * sourcePixel], w, y5);
          y6 = Math.fma(source[s + 6 * sourcePixel], w, y6);
          y7 = Math.fma(source[s + 7 * sourcePixel], w, y7);
        }
        target[t0] = y0;
        target[t0 + targetPixel] = y1;
        target[t0 + 2 * targetPixel] = y2;
        target[t0 + 3 * targetPixel] = y3;
        target[t0 + 4 * targetPixel] = y4;
        target[t0 + 5 * targetPixel] = y5;
        target[t0 + 6 * targetPixel] = y6;
        target[t0 + 7 * targetPixel] = y7;
      }
    }
  }

  @Override
  public void fourPixels(
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
      int target0) {
    for (int lane = 0; lane < channels; lane++) {
      int s0 = source0 + lane;
      int s1 = source0 + lane + sourcePixel;
      int s2 = source0 + lane + 2 * sourcePixel;
      int s3 = source0 + lane + 3 * sourcePixel;
      float y0 = 0;
      float y1 = 0;
      float y2 = 0;
      float y3 = 0;
      for (int t = 0; t < taps; t++) {
        int s = sourceTaps[t];
        float w = weights[weights0 + lane + weightTaps[t]];
        y0 = Math.fma(source[s0 + s], w, y0);
        y1 = Math.fma(source[s1 + s], w, y1);
        y2 = Math.fma(source[s2 + s], w, y2);
        y3 = Math.fma(source[s3 + s], w, y3);
      }
      target[target0 + lane] = y0;
      target[target0 + lane + targetPixel] = y1;
      target[target0 + lane + 2 * targetPixel] = y2;
      target[target0 + lane + 3 * targetPixel] = y3;
    }
  }

  @Override
  public void onePixel(
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
      int target0) {
    for (int lane = 0; lane < channels; lane++) {
      int s0 = source0 + lane;
      float y0 = 0;
      for (int t = 0; t < taps; t++) {
        int s = sourceTaps[t];
        float w = weights[weights0 + lane + weightTaps[t]];
        y0 = Math.fma(source[s0 + s], w, y0);
      }
      target[target0 + lane] = y0;
    }
  }
}
