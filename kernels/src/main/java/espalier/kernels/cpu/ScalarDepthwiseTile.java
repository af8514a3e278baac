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
  public void eightNeighbours(
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
      int target0) {
    for (int lane = 0; lane < channels; lane++) {
      float y0 = 0;
      float y1 = 0;
      float y2 = 0;
      float y3 = 0;
      float y4 = 0;
      float y5 = 0;
      float y6 = 0;
      float y7 = 0;
      for (int i = 0; i < rows; i++) {
        int s = source0 + lane + i * sourceRow;
        int t = weights0 + lane + i * weightRow;
        int j = 0;
        for (; j + 3 <= columns; j += 3) {
          float u = weights[t];
          float v = weights[t + weightStep];
          float w = weights[t + 2 * weightStep];
          float x0 = source[s];
          float x1 = source[s + sourceStep];
          float x2 = source[s + 2 * sourceStep];
          float x3 = source[s + 3 * sourceStep];
          float x4 = source[s + 4 * sourceStep];
          float x5 = source[s + 5 * sourceStep];
          float x6 = source[s + 6 * sourceStep];
          float x7 = source[s + 7 * sourceStep];
          float x8 = source[s + 8 * sourceStep];
          float x9 = source[s + 9 * sourceStep];
          y0 = Math.fma(x0, u, y0);
          y1 = Math.fma(x1, u, y1);
          y2 = Math.fma(x2, u, y2);
          y3 = Math.fma(x3, u, y3);
          y4 = Math.fma(x4, u, y4);
          y5 = Math.fma(x5, u, y5);
          y6 = Math.fma(x6, u, y6);
          y7 = Math.fma(x7, u, y7);
          y0 = Math.fma(x1, v, y0);
          y1 = Math.fma(x2, v, y1);
          y2 = Math.fma(x3, v, y2);
          y3 = Math.fma(x4, v, y3);
          y4 = Math.fma(x5, v, y4);
          y5 = Math.fma(x6, v, y5);
          y6 = Math.fma(x7, v, y6);
          y7 = Math.fma(x8, v, y7);
          y0 = Math.fma(x2, w, y0);
          y1 = Math.fma(x3, w, y1);
          y2 = Math.fma(x4, w, y2);
          y3 = Math.fma(x5, w, y3);
          y4 = Math.fma(x6, w, y4);
          y5 = Math.fma(x7, w, y5);
          y6 = Math.fma(x8, w, y6);
          y7 = Math.fma(x9, w, y7);
          s += 3 * sourceStep;
          t += 3 * weightStep;
        }
        for (; j < columns; j++) {
          float u = weights[t];
          y0 = Math.fma(source[s], u, y0);
          y1 = Math.fma(source[s + sourceStep], u, y1);
          y2 = Math.fma(source[s + 2 * sourceStep], u, y2);
          y3 = Math.fma(source[s + 3 * sourceStep], u, y3);
          y4 = Math.fma(source[s + 4 * sourceStep], u, y4);
          y5 = Math.fma(source[s + 5 * sourceStep], u, y5);
          y6 = Math.fma(source[s + 6 * sourceStep], u, y6);
          y7 = Math.fma(source[s + 7 * sourceStep], u, y7);
          s += sourceStep;
          t += weightStep;
        }
      }
      target[target0 + lane] = y0;
      target[target0 + lane + targetPixel] = y1;
      target[target0 + lane + 2 * targetPixel] = y2;
      target[target0 + lane + 3 * targetPixel] = y3;
      target[target0 + lane + 4 * targetPixel] = y4;
      target[target0 + lane + 5 * targetPixel] = y5;
      target[target0 + lane + 6 * targetPixel] = y6;
      target[target0 + lane + 7 * targetPixel] = y7;
    }
  }

  @Override
  public void eightPixels(
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
      int s4 = source0 + lane + 4 * sourcePixel;
      int s5 = source0 + lane + 5 * sourcePixel;
      int s6 = source0 + lane + 6 * sourcePixel;
      int s7 = source0 + lane + 7 * sourcePixel;
      float y0 = 0;
      float y1 = 0;
      float y2 = 0;
      float y3 = 0;
      float y4 = 0;
      float y5 = 0;
      float y6 = 0;
      float y7 = 0;
      for (int t = 0; t < taps; t++) {
        int s = sourceTaps[t];
        float w = weights[weights0 + lane + weightTaps[t]];
        y0 = Math.fma(source[s0 + s], w, y0);
        y1 = Math.fma(source[s1 + s], w, y1);
        y2 = Math.fma(source[s2 + s], w, y2);
        y3 = Math.fma(source[s3 + s], w, y3);
        y4 = Math.fma(source[s4 + s], w, y4);
        y5 = Math.fma(source[s5 + s], w, y5);
        y6 = Math.fma(source[s6 + s], w, y6);
        y7 = Math.fma(source[s7 + s], w, y7);
      }
      target[target0 + lane] = y0;
      target[target0 + lane + targetPixel] = y1;
      target[target0 + lane + 2 * targetPixel] = y2;
      target[target0 + lane + 3 * targetPixel] = y3;
      target[target0 + lane + 4 * targetPixel] = y4;
      target[target0 + lane + 5 * targetPixel] = y5;
      target[target0 + lane + 6 * targetPixel] = y6;
      target[target0 + lane + 7 * targetPixel] = y7;
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
