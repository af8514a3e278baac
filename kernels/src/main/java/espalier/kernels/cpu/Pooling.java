package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Window;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.List;

/** Pooling of images: rows of output pixels go to the workers, strip by strip through the loops. */
final class Pooling {
  /** Output floats that make a part for one worker. */
  private static final int WORK = 1 << 13;

  private final PoolLoops loops;

  Pooling(PoolLoops loops) {
    this.loops = loops;
  }

  void max(Call.MaxPool call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    eachStrip(
        call.geometry(),
        frame,
        (strip, window, from, to) -> loops.max(window, strip.run(), x, x0 + from, y, y0 + to));
  }

  void gather(Call.MaxPoolGather call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] v = frame.array(call.v());
    int v0 = frame.at(call.v());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    eachStrip(
        call.geometry(),
        frame,
        (strip, window, from, to) ->
            loops.pick(window, strip.run(), x, x0 + from, v, v0 + from, y, y0 + to));
  }

  void average(Call.AveragePool call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    eachStrip(
        call.geometry(),
        frame,
        (strip, window, from, to) -> loops.mean(window, strip.run(), x, x0 + from, y, y0 + to));
  }

  private void eachStrip(Pool2dGeometry g, Frame frame, StripKernel kernel) {
    List<PoolStrip> strips = PoolStrip.ofOutput(g);
    int rows = g.batch() * g.outHeight();
    int each = Math.max(1, WORK / Math.max(1, g.outWidth() * g.channels()));
    frame
        .workers()
        .each(
            (rows + each - 1) / each,
            part -> {
              for (int row = part * each; row < Math.min(rows, (part + 1) * each); row++) {
                row(g, strips, row, kernel);
              }
            });
  }

  private static void row(Pool2dGeometry g, List<PoolStrip> strips, int row, StripKernel kernel) {
    int pitch = g.inWidth() * g.channels();
    int image = row / g.outHeight();
    int y = row % g.outHeight() * g.strideHeight() - g.padTop();
    int top = Math.max(0, y);
    int height = Math.min(g.inHeight(), y + g.kernelHeight()) - top;
    for (PoolStrip strip : strips) {
      Window window = new Window(height, strip.taps(), pitch, g.channels());
      int from = (image * g.inHeight() + top) * pitch + strip.source() * g.channels();
      int to = (row * g.outWidth() + strip.pixel()) * g.channels();
      kernel.run(strip, window, from, to);
    }
  }

  /** Computes one strip of an output row from its windows. */
  @FunctionalInterface
  private interface StripKernel {
    void run(PoolStrip strip, Window window, int from, int to);
  }
}
