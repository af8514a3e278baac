package espalier.kernels.cpu;

/** Any number of channels, one after the other, in plain Java. */
final class ScalarDepthwiseGradientTile implements DepthwiseGradientTile {
  /** Keeps the pixels of a run in a cache while it passes over them channel by channel. */
  private static final int LANES = 64;

  @Override
  public int channels(int left) {
    return Math.min(left, LANES);
  }

  @Override
  public DepthwiseGradientTile apart(int xPixel, int dyPixel) {
    return this;
  }

  @Override
  public void fiveTaps(
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
      int dw0) {
    int wa = dw0 + sums[first];
    int wb = dw0 + sums[first + 1];
    int wc = dw0 + sums[first + 2];
    int wd = dw0 + sums[first + 3];
    int we = dw0 + sums[first + 4];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      float b = dw[wb + lane];
      float c = dw[wc + lane];
      float d = dw[wd + lane];
      float e = dw[we + lane];
      for (int row = 0; row < rows; row++) {
        int xr = x0 + lane + row * xRow;
        int yr = dy0 + lane + row * dyRow;
        int xa = xr + taps[first];
        int xb = xr + taps[first + 1];
        int xc = xr + taps[first + 2];
        int xd = xr + taps[first + 3];
        int xe = xr + taps[first + 4];
        for (int p = 0; p < pixels; p++) {
          int at = p * xPixel;
          float y = dy[yr + p * dyPixel];
          a = Math.fma(x[xa + at], y, a);
          b = Math.fma(x[xb + at], y, b);
          c = Math.fma(x[xc + at], y, c);
          d = Math.fma(x[xd + at], y, d);
          e = Math.fma(x[xe + at], y, e);
        }
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
      dw[wd + lane] = d;
      dw[we + lane] = e;
    }
  }

  @Override
  public void threeTaps(
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
      int dw0) {
    int wa = dw0 + sums[first];
    int wb = dw0 + sums[first + 1];
    int wc = dw0 + sums[first + 2];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      float b = dw[wb + lane];
      float c = dw[wc + lane];
      for (int row = 0; row < rows; row++) {
        int xr = x0 + lane + row * xRow;
        int yr = dy0 + lane + row * dyRow;
        int xa = xr + taps[first];
        int xb = xr + taps[first + 1];
        int xc = xr + taps[first + 2];
        for (int p = 0; p < pixels; p++) {
          int at = p * xPixel;
          float y = dy[yr + p * dyPixel];
          a = Math.fma(x[xa + at], y, a);
          b = Math.fma(x[xb + at], y, b);
          c = Math.fma(x[xc + at], y, c);
        }
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
    }
  }
}
