package espalier.kernels.cpu;

/** Any number of channels, one after the other, in plain Java. */
final class ScalarDepthwiseTile implements DepthwiseTile {
  /** Keeps the pixels of a row in a cache while it passes over them channel by channel. */
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
  public void run(
      DepthwiseWalk walk,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    for (int row = 0; row < walk.rows(); row++) {
      for (int tile = 0; tile < walk.tiles(); tile++) {
        int pixel = tile * DepthwiseWalk.PIXELS;
        int s0 = source0 + row * walk.sourceRow() + pixel * Math.abs(walk.sourcePixel());
        int t0 = target0 + row * walk.targetRow() + pixel * Math.abs(walk.targetPixel());
        for (int lane = 0; lane < channels; lane++) {
          tile(walk, source, s0 + lane, weights, weights0 + lane, target, t0 + lane);
        }
      }
    }
  }

  private static void tile(
      DepthwiseWalk walk, float[] source, int s0, float[] weights, int w0, float[] target, int t0) {
    int from = walk.sourcePixel();
    int to = walk.targetPixel();
    float y0 = 0;
    float y1 = 0;
    float y2 = 0;
    float y3 = 0;
    float y4 = 0;
    float y5 = 0;
    float y6 = 0;
    float y7 = 0;
    for (int i = 0; i < walk.tapRows(); i++) {
      for (int j = 0; j < walk.tapColumns(); j++) {
        int s = s0 + i * walk.sourceTapRow() + j * walk.sourceTap();
        float w = weights[w0 + i * walk.weightTapRow() + j * walk.weightTap()];
        y0 = Math.fma(source[s], w, y0);
        y1 = Math.fma(source[s + from], w, y1);
        y2 = Math.fma(source[s + 2 * from], w, y2);
        y3 = Math.fma(source[s + 3 * from], w, y3);
        y4 = Math.fma(source[s + 4 * from], w, y4);
        y5 = Math.fma(source[s + 5 * from], w, y5);
        y6 = Math.fma(source[s + 6 * from], w, y6);
        y7 = Math.fma(source[s + 7 * from], w, y7);
      }
    }
    target[t0] = y0;
    target[t0 + to] = y1;
    target[t0 + 2 * to] = y2;
    target[t0 + 3 * to] = y3;
    target[t0 + 4 * to] = y4;
    target[t0 + 5 * to] = y5;
    target[t0 + 6 * to] = y6;
    target[t0 + 7 * to] = y7;
  }
}
