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
  public void fiveTaps(
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
      int dw0) {
    int xa = x0 + taps[first];
    int xb = x0 + taps[first + 1];
    int xc = x0 + taps[first + 2];
    int xd = x0 + taps[first + 3];
    int xe = x0 + taps[first + 4];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    int we = dw0 + weights[first + 4];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      float b = dw[wb + lane];
      float c = dw[wc + lane];
      float d = dw[wd + lane];
      float e = dw[we + lane];
      for (int p = 0; p < pixels; p++) {
        int at = p * xPixel + lane;
        float g = dy[dy0 + p * dyPixel + lane];
        a = Math.fma(x[xa + at], g, a);
        b = Math.fma(x[xb + at], g, b);
        c = Math.fma(x[xc + at], g, c);
        d = Math.fma(x[xd + at], g, d);
        e = Math.fma(x[xe + at], g, e);
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
      dw[wd + lane] = d;
      dw[we + lane] = e;
    }
  }

  @Override
  public void fourTaps(
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
      int dw0) {
    int xa = x0 + taps[first];
    int xb = x0 + taps[first + 1];
    int xc = x0 + taps[first + 2];
    int xd = x0 + taps[first + 3];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      float b = dw[wb + lane];
      float c = dw[wc + lane];
      float d = dw[wd + lane];
      for (int p = 0; p < pixels; p++) {
        int at = p * xPixel + lane;
        float g = dy[dy0 + p * dyPixel + lane];
        a = Math.fma(x[xa + at], g, a);
        b = Math.fma(x[xb + at], g, b);
        c = Math.fma(x[xc + at], g, c);
        d = Math.fma(x[xd + at], g, d);
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
      dw[wd + lane] = d;
    }
  }

  @Override
  public void oneTap(
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
      int dw0) {
    int xa = x0 + taps[first];
    int wa = dw0 + weights[first];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      for (int p = 0; p < pixels; p++) {
        int at = p * xPixel + lane;
        float g = dy[dy0 + p * dyPixel + lane];
        a = Math.fma(x[xa + at], g, a);
      }
      dw[wa + lane] = a;
    }
  }
}
