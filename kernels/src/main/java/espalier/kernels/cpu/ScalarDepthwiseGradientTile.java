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
  public DepthwiseGradientTile apart(int xPixel, int xTap, int dyPixel) {
    return this;
  }

  @Override
  public void fiveTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    int tap = rows.xTap();
    for (int lane = 0; lane < channels; lane++) {
      int to = sums0 + lane;
      float a = sums[to];
      float b = sums[to + pitch];
      float c = sums[to + 2 * pitch];
      float d = sums[to + 3 * pitch];
      float e = sums[to + 4 * pitch];
      for (int row = 0; row < rows.count(); row++) {
        int xr = x0 + lane + row * rows.xRow();
        int yr = dy0 + lane + row * rows.dyRow();
        for (int p = 0; p < rows.pixels(); p++) {
          int at = xr + p * rows.xPixel();
          float y = dy[yr + p * rows.dyPixel()];
          a = Math.fma(x[at], y, a);
          b = Math.fma(x[at + tap], y, b);
          c = Math.fma(x[at + 2 * tap], y, c);
          d = Math.fma(x[at + 3 * tap], y, d);
          e = Math.fma(x[at + 4 * tap], y, e);
        }
      }
      sums[to] = a;
      sums[to + pitch] = b;
      sums[to + 2 * pitch] = c;
      sums[to + 3 * pitch] = d;
      sums[to + 4 * pitch] = e;
    }
  }

  @Override
  public void threeTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    int tap = rows.xTap();
    for (int lane = 0; lane < channels; lane++) {
      int to = sums0 + lane;
      float a = sums[to];
      float b = sums[to + pitch];
      float c = sums[to + 2 * pitch];
      for (int row = 0; row < rows.count(); row++) {
        int xr = x0 + lane + row * rows.xRow();
        int yr = dy0 + lane + row * rows.dyRow();
        for (int p = 0; p < rows.pixels(); p++) {
          int at = xr + p * rows.xPixel();
          float y = dy[yr + p * rows.dyPixel()];
          a = Math.fma(x[at], y, a);
          b = Math.fma(x[at + tap], y, b);
          c = Math.fma(x[at + 2 * tap], y, c);
        }
      }
      sums[to] = a;
      sums[to + pitch] = b;
      sums[to + 2 * pitch] = c;
    }
  }

  @Override
  public void nineTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    for (int i = 0; i < 3; i++) {
      int from = x0 + i * rows.xTapRow();
      threeTaps(rows, channels, x, from, dy, dy0, sums, sums0 + 3 * i * pitch, pitch);
    }
  }
}
