package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Numbering;
import espalier.kernels.cpu.PoolLoops.Window;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.Arrays;
import java.util.List;

/** Gradients of pooling: images go to the workers. */
final class PoolGradients {
  /*
   * Output rows are taken in order. What a row gives to each of its input rows is gathered: each input
   * pixel adds the row's windows that hold it from left to right. So every element sees its windows in
   * row-major order, though whole strips of elements are computed side by side.
   */

  /** Input floats that make a part for one worker. */
  private static final int WORK = 1 << 13;

  private final PoolLoops loops;

  PoolGradients(PoolLoops loops) {
    this.loops = loops;
  }

  void average(Call.AveragePoolGradient call, Frame frame) {
    Pool2dGeometry g = call.geometry();
    List<PoolStrip> outputs = PoolStrip.ofOutput(g);
    List<PoolStrip> inputs = PoolStrip.ofInput(g);
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    Workers workers = frame.workers();
    int width = g.outWidth() * g.channels();
    eachRow(
        g,
        workers,
        dx,
        dx0,
        (image, row) -> {
          float[] shares = workers.packing(width);
          InputRows rows = new InputRows(g, row);
          int from = dy0 + (image * g.outHeight() + row) * width;
          for (PoolStrip strip : outputs) {
            divide(strip, g.channels(), rows.height * strip.taps(), dy, from, shares);
          }
          for (int i = 0; i < rows.height; i++) {
            int to = dx0 + ((image * g.inHeight()) + rows.top + i) * g.inWidth() * g.channels();
            for (PoolStrip strip : inputs) {
              Window window = new Window(1, strip.taps(), 0, g.channels());
              int source = strip.source() * g.channels();
              int target = to + strip.pixel() * g.channels();
              loops.add(window, strip.run(), shares, source, dx, target);
            }
          }
        });
  }

  private static void divide(
      PoolStrip strip, int channels, int pixels, float[] dy, int dy0, float[] shares) {
    int from = strip.pixel() * channels;
    int n = strip.run().pixels() * strip.run().length();
    for (int i = from; i < from + n; i++) {
      shares[i] = dy[dy0 + i] / pixels;
    }
  }

  void max(Call.MaxPoolScatter call, Frame frame) {
    Pool2dGeometry g = call.geometry();
    List<PoolStrip> outputs = PoolStrip.ofOutput(g);
    List<PoolStrip> inputs = PoolStrip.ofInput(g);
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    Workers workers = frame.workers();
    int c = g.channels();
    int pitch = g.inWidth() * c;
    eachRow(
        g,
        workers,
        dx,
        dx0,
        (image, row) -> {
          float[] taps = workers.packing(g.outWidth() * c);
          InputRows rows = new InputRows(g, row);
          int in = (image * g.inHeight() + rows.top) * pitch;
          for (PoolStrip strip : outputs) {
            Window window = new Window(rows.height, strip.taps(), pitch, c);
            Numbering numbering =
                new Numbering(rows.tap * g.kernelWidth() + strip.tap(), g.kernelWidth(), 1);
            int from = x0 + in + strip.source() * c;
            loops.argmax(window, strip.run(), numbering, x, from, taps, strip.pixel() * c);
          }
          int out = dy0 + (image * g.outHeight() + row) * g.outWidth() * c;
          for (int i = 0; i < rows.height; i++) {
            for (PoolStrip strip : inputs) {
              Window window = new Window(1, strip.taps(), 0, c);
              int number = (rows.tap + i) * g.kernelWidth() + strip.tap();
              Numbering numbering = new Numbering(number, 0, -g.strideWidth());
              int from = strip.source() * c;
              int to = dx0 + in + i * pitch + strip.pixel() * c;
              loops.addWhere(window, strip.run(), numbering, taps, from, dy, out + from, dx, to);
            }
          }
        });
  }

  private static void eachRow(
      Pool2dGeometry g, Workers workers, float[] dx, int dx0, RowKernel kernel) {
    int size = g.inHeight() * g.inWidth() * g.channels();
    int each = Math.max(1, WORK / Math.max(1, size));
    workers.each(
        (g.batch() + each - 1) / each,
        part -> {
          for (int n = part * each; n < Math.min(g.batch(), (part + 1) * each); n++) {
            Arrays.fill(dx, dx0 + n * size, dx0 + (n + 1) * size, 0);
            for (int row = 0; row < g.outHeight(); row++) {
              kernel.run(n, row);
            }
          }
        });
  }

  /** Adds what one output row of an image gives. */
  @FunctionalInterface
  private interface RowKernel {
    void run(int image, int row);
  }

  /**
   * Input rows of an output row: {@code height} from {@code top} on, the first at kernel row {@code
   * tap}.
   */
  private static final class InputRows {
    private final int top;
    private final int height;
    private final int tap;

    InputRows(Pool2dGeometry g, int row) {
      int first = row * g.strideHeight() - g.padTop();
      this.top = Math.max(0, first);
      this.tap = top - first;
      this.height = Math.min(g.inHeight(), first + g.kernelHeight()) - top;
    }
  }
}
