package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Numbering;
import espalier.kernels.cpu.PoolLoops.Window;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.List;

/** Gradients of pooling: bands of input rows go to the workers. */
final class PoolGradients {
  /*
   * Each input pixel gathers from the outputs whose windows hold it, in row-major order, which is
   * the order in which windows in row-major order would scatter to it. What an output gives is
   * prepared for the output rows of a band in packing memory: its share of the mean, or the number
   * of the tap that was largest. Rows needed by two bands are prepared twice.
   */

  /** Input rows of a band. */
  private static final int BAND = 16;

  private final ElementLoops elements;
  private final PoolLoops loops;

  PoolGradients(ElementLoops elements, PoolLoops loops) {
    this.elements = elements;
    this.loops = loops;
  }

  void average(Call.AveragePoolGradient call, Frame frame) {
    Pool2dGeometry g = call.geometry();
    List<PoolStrip> strips = PoolStrip.ofOutput(g);
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    eachBand(
        g,
        frame.workers(),
        (outputs, room) -> {
          for (int row = 0; row < outputs.rows; row++) {
            int at = row * outputs.pitch;
            int height = outputs.windowHeight(row);
            for (PoolStrip strip : strips) {
              int from = at + strip.pixel() * g.channels();
              int n = strip.run().pixels() * strip.run().length();
              int source = dy0 + outputs.start + from;
              elements.divide(n, dy, source, height * strip.taps(), room, from);
            }
          }
        },
        (strip, window, numbering, outputs, from, to, room) ->
            loops.sum(window, strip.run(), room, from, dx, dx0 + to));
  }

  void max(Call.MaxPoolScatter call, Frame frame) {
    Pool2dGeometry g = call.geometry();
    List<PoolStrip> strips = PoolStrip.ofOutput(g);
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    int pitch = g.inWidth() * g.channels();
    eachBand(
        g,
        frame.workers(),
        (outputs, room) -> {
          for (int row = 0; row < outputs.rows; row++) {
            int tap = outputs.windowTap(row);
            int top = x0 + (outputs.image * g.inHeight() + outputs.windowTop(row)) * pitch;
            for (PoolStrip strip : strips) {
              Window window =
                  new Window(outputs.windowHeight(row), strip.taps(), pitch, g.channels());
              Numbering numbering =
                  new Numbering(tap * g.kernelWidth() + strip.tap(), g.kernelWidth(), 1);
              int from = top + strip.source() * g.channels();
              int to = row * outputs.pitch + strip.pixel() * g.channels();
              loops.argmax(window, strip.run(), numbering, x, from, room, to);
            }
          }
        },
        (strip, window, numbering, outputs, from, to, room) -> {
          int source = dy0 + outputs.start + from;
          loops.sumWhere(window, strip.run(), numbering, room, from, dy, source, dx, dx0 + to);
        });
  }

  private static void eachBand(
      Pool2dGeometry g, Workers workers, Preparation preparation, StripKernel kernel) {
    List<PoolStrip> strips = PoolStrip.ofInput(g);
    int bands = (g.inHeight() + BAND - 1) / BAND;
    workers.each(
        g.batch() * bands,
        part -> {
          int top = part % bands * BAND;
          int bottom = Math.min(g.inHeight(), top + BAND);
          OutputRows outputs = new OutputRows(g, part / bands, top, bottom);
          float[] room = workers.packing(outputs.rows * outputs.pitch);
          preparation.run(outputs, room);
          for (int y = top; y < bottom; y++) {
            row(g, strips, outputs, y, room, kernel);
          }
        });
  }

  private static void row(
      Pool2dGeometry g,
      List<PoolStrip> strips,
      OutputRows outputs,
      int y,
      float[] room,
      StripKernel kernel) {
    int c = g.channels();
    int first = OutputRows.first(g, y);
    int height = Math.max(0, OutputRows.last(g, y) - first + 1);
    int tap = y + g.padTop() - first * g.strideHeight();
    int from = (first - outputs.first) * outputs.pitch;
    int to = (outputs.image * g.inHeight() + y) * g.inWidth() * c;
    for (PoolStrip strip : strips) {
      Window window = new Window(height, strip.taps(), outputs.pitch, c);
      Numbering numbering =
          new Numbering(
              tap * g.kernelWidth() + strip.tap(),
              -g.strideHeight() * g.kernelWidth(),
              -g.strideWidth());
      kernel.run(
          strip,
          window,
          numbering,
          outputs,
          from + strip.source() * c,
          to + strip.pixel() * c,
          room);
    }
  }

  /** Fills {@code room} with what each output of the rows gives. */
  @FunctionalInterface
  private interface Preparation {
    void run(OutputRows outputs, float[] room);
  }

  /** Computes one strip of an input row; {@code from} counts from the start of the output rows. */
  @FunctionalInterface
  private interface StripKernel {
    void run(
        PoolStrip strip,
        Window window,
        Numbering numbering,
        OutputRows outputs,
        int from,
        int to,
        float[] room);
  }

  /** The output rows of an image whose windows hold any of a band of input rows. */
  private static final class OutputRows {
    private final Pool2dGeometry g;
    private final int image;
    private final int first;
    private final int rows;

    /** Floats of a row. */
    private final int pitch;

    /** Where the first row starts in the outputs of all images. */
    private final int start;

    OutputRows(Pool2dGeometry g, int image, int top, int bottom) {
      this.g = g;
      this.image = image;
      this.first = first(g, top);
      this.rows = Math.max(0, last(g, bottom - 1) - first + 1);
      this.pitch = g.outWidth() * g.channels();
      this.start = (image * g.outHeight() + first) * pitch;
    }

    /** The first output row whose window may hold input row {@code y}. */
    private static int first(Pool2dGeometry g, int y) {
      return Math.max(0, Math.ceilDiv(y + g.padTop() - g.kernelHeight() + 1, g.strideHeight()));
    }

    /** The last output row whose window may hold input row {@code y}. */
    private static int last(Pool2dGeometry g, int y) {
      return Math.min(g.outHeight() - 1, (y + g.padTop()) / g.strideHeight());
    }

    private int windowTop(int row) {
      return Math.max(0, begin(row));
    }

    private int windowTap(int row) {
      return windowTop(row) - begin(row);
    }

    private int windowHeight(int row) {
      return Math.min(g.inHeight(), begin(row) + g.kernelHeight()) - windowTop(row);
    }

    private int begin(int row) {
      return (first + row) * g.strideHeight() - g.padTop();
    }
  }
}
