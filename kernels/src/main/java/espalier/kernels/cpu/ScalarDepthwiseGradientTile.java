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
  public void nineTaps(
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
    int xf = x0 + taps[first + 5];
    int xg = x0 + taps[first + 6];
    int xh = x0 + taps[first + 7];
    int xi = x0 + taps[first + 8];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    int we = dw0 + weights[first + 4];
    int wf = dw0 + weights[first + 5];
    int wg = dw0 + weights[first + 6];
    int wh = dw0 + weights[first + 7];
    int wi = dw0 + weights[first + 8];
    for (int lane = 0; lane < channels; lane++) {
      float a = dw[wa + lane];
      float b = dw[wb + lane];
      float c = dw[wc + lane];
      float d = dw[wd + lane];
      float e = dw[we + lane];
      float f = dw[wf + lane];
      float g = dw[wg + lane];
      float h = dw[wh + lane];
      float i = dw[wi + lane];
      for (int p = 0; p < pixels; p++) {
        int at = p * xPixel + lane;
        float y = dy[dy0 + p * dyPixel + lane];
        a = Math.fma(x[xa + at], y, a);
        b = Math.fma(x[xb + at], y, b);
        c = Math.fma(x[xc + at], y, c);
        d = Math.fma(x[xd + at], y, d);
        e = Math.fma(x[xe + at], y, e);
        f = Math.fma(x[xf + at], y, f);
        g = Math.fma(x[xg + at], y, g);
        h = Math.fma(x[xh + at], y, h);
        i = Math.fma(x[xi + at], y, i);
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
      dw[wd + lane] = d;
      dw[we + lane] = e;
      dw[wf + lane] = f;
      dw[wg + lane] = g;
      dw[wh + lane] = h;
      dw[wi + lane] = i;
    }
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
        float y = dy[dy0 + p * dyPixel + lane];
        a = Math.fma(x[xa + at], y, a);
        b = Math.fma(x[xb + at], y, b);
        c = Math.fma(x[xc + at], y, c);
        d = Math.fma(x[xd + at], y, d);
        e = Math.fma(x[xe + at], y, e);
      }
      dw[wa + lane] = a;
      dw[wb + lane] = b;
      dw[wc + lane] = c;
      dw[wd + lane] = d;
      dw[we + lane] = e;
    }
  }
}
