package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Run;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of pixels of one row whose windows have the same columns.
 *
 * @param pixel first pixel written
 * @param source first pixel read by the first tap
 * @param taps columns of the windows
 * @param tap kernel column of the first tap
 * @param run the floats of the stretch
 */
record PoolStrip(int pixel, int source, int taps, int tap, Run run) {
  /*
   * Whole windows form one long strip, which at stride 1 is one run of neighbouring floats,
   * whatever the number of channels. A window cut off by the border is a strip by itself.
   *
   * Seen from the input (for gradients), a pixel's window is the outputs that read it. Pixels a
   * stride apart have the same kernel columns, so there is a strip for each remainder of the
   * stride.
   */

  /** Strips of output pixels, whose windows are input pixels; each output pixel is in one. */
  static List<PoolStrip> ofOutput(Pool2dGeometry g) {
    List<PoolStrip> strips = new ArrayList<>();
    int x = 0;
    while (x < g.outWidth()) {
      int first = x * g.strideWidth() - g.padLeft();
      int tap = Math.max(0, -first);
      int taps = Math.min(g.kernelWidth(), g.inWidth() - first) - tap;
      int pixels = 1;
      if (taps == g.kernelWidth()) {
        int last = (g.inWidth() - g.kernelWidth() + g.padLeft()) / g.strideWidth();
        pixels = Math.min(g.outWidth() - 1, last) - x + 1;
      }
      Run run = run(g, pixels, g.strideWidth(), 1);
      strips.add(new PoolStrip(x, first + tap, taps, tap, run));
      x += pixels;
    }
    return strips;
  }

  /**
   * Strips of input pixels, whose windows are the output pixels that read them, in order; kernel
   * columns descend by the stride. A pixel that no window holds has no taps.
   */
  static List<PoolStrip> ofInput(Pool2dGeometry g) {
    List<PoolStrip> strips = new ArrayList<>();
    int stride = g.strideWidth();
    for (int phase = 0; phase < Math.min(stride, g.inWidth()); phase++) {
      int x = phase;
      while (x < g.inWidth()) {
        int padded = x + g.padLeft();
        int first = Math.ceilDiv(padded - g.kernelWidth() + 1, stride);
        int last = padded / stride;
        int pixels = 1;
        if (first >= 0 && last < g.outWidth()) {
          int room = Math.min(g.outWidth() - 1 - last, (g.inWidth() - 1 - x) / stride);
          pixels = 1 + room;
        }
        int from = Math.max(0, first);
        int taps = Math.max(0, Math.min(g.outWidth() - 1, last) - from + 1);
        Run run = run(g, pixels, 1, stride);
        strips.add(new PoolStrip(x, from, taps, padded - from * stride, run));
        x += pixels * stride;
      }
    }
    return strips;
  }

  private static Run run(Pool2dGeometry g, int pixels, int sourceStep, int targetStep) {
    int c = g.channels();
    return g.strideWidth() == 1
        ? new Run(1, pixels * c, 0, 0)
        : new Run(pixels, c, sourceStep * c, targetStep * c);
  }
}
