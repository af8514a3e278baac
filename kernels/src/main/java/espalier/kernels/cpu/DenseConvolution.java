package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions that mix channels, within groups or all of them, as products over taps and channels.
 */
final class DenseConvolution {
  /*
   * A strip of pixels is the left operand in place: from pixel to pixel the input moves by a
   * constant stride, and the channels of a tap are contiguous. Where taps of a row are contiguous
   * too, as they are without dilation and groups, a whole row of taps is one run of terms. Strips
   * never leave the input, so no padding is multiplied.
   */

  /** Weights that stay in the second cache while strips pass. */
  private static final int CACHED_WEIGHTS = 1 << 17;

  /** Images whose corners make a strip. */
  private static final int IMAGES_AT_A_TIME = 8;

  /** Pixels that make a strip worth its direction. */
  private static final int LONG_STRIP = 6;

  /** Input channels of a part of a weight gradient. */
  private static final int GRADIENT_ROWS = 48;

  private final TiledProduct alongTerms;
  private final TiledProduct alongRows;

  DenseConvolution(TiledProduct alongTerms, TiledProduct alongRows) {
    this.alongTerms = alongTerms;
    this.alongRows = alongRows;
  }

  /** Computes y from x and w, the source and target of {@code operands}. */
  void forward(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    Passes passes =
        frame.prepared(
            Passes.class,
            () ->
                passes(
                    TapLoops.forward(g),
                    new Weights(
                        g.kernelHeight(),
                        g.kernelWidth(),
                        g.groups(),
                        g.groupInChannels(),
                        g.groupOutChannels(),
                        g.groupInChannels() * g.outChannels(),
                        g.groupOutChannels(),
                        g.outChannels()),
                    g.multiplyAccumulates(),
                    frame));
    passes.run(operands, frame.workers());
  }

  /**
   * Computes dx from dy and w, the target and source of {@code operands}. The frame's scratch
   * memory has room for as many elements as w.
   */
  void inputGradient(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    float[] exchanged = frame.scratchArray();
    int exchanged0 = frame.scratchAt();
    exchangeChannels(g, operands.w(), operands.w0(), exchanged, exchanged0, frame.workers());
    Passes passes =
        frame.prepared(
            Passes.class,
            () ->
                passes(
                    TapLoops.backward(g),
                    new Weights(
                        g.kernelHeight(),
                        g.kernelWidth(),
                        g.groups(),
                        g.groupOutChannels(),
                        g.groupInChannels(),
                        g.groupInChannels() * g.outChannels(),
                        g.groupInChannels() * g.groupOutChannels(),
                        g.groupInChannels()),
                    g.multiplyAccumulates(),
                    frame));
    TapLoops.Operands withExchanged =
        new TapLoops.Operands(
            operands.source(),
            operands.source0(),
            exchanged,
            exchanged0,
            operands.target(),
            operands.target0());
    passes.run(withExchanged, frame.workers());
  }

  /** What is worked out once for a geometry: the strips of each block of columns. */
  private record Passes(List<TapLoops.Plan> blocks) {
    void run(TapLoops.Operands operands, Workers workers) {
      for (TapLoops.Plan block : blocks) {
        block.run(operands, workers);
      }
    }
  }

  private Passes passes(TapLoops loops, Weights w, long work, Frame frame) {
    List<TapLoops.Plan> blocks = new ArrayList<>();
    int columns = w.columnsAtATime(alongTerms.columns());
    for (int from = 0; from < w.targetChannels; from += columns) {
      int channel = from;
      int channels = Math.min(columns, w.targetChannels - from);
      blocks.add(
          loops.plan(
              IMAGES_AT_A_TIME,
              LONG_STRIP,
              work,
              frame.workers().threads(),
              (direction, count, row, column) ->
                  strip(loops, w, direction, count, row, column, channel, channels)));
    }
    return new Passes(blocks);
  }

  private TapLoops.Strip strip(
      TapLoops loops,
      Weights w,
      int direction,
      int count,
      Span row,
      Span column,
      int channel,
      int channels) {
    int terms = w.sourceChannels;
    boolean contiguous =
        loops.sourceColumnTap() == terms
            && w.perTap == terms * w.perSource
            && loops.columns().spans().stream().allMatch(span -> span.tapStep() == 1);
    int step = direction == TapLoops.DOWN ? row.step() : column.step();
    int aRow = loops.sourceStride(direction);
    int cRow = loops.targetStride(direction, step);
    int taps = column.taps();
    int runs = contiguous ? row.taps() : row.taps() * taps;
    int[] aRuns = new int[runs];
    int[] bRuns = new int[runs];
    for (int run = 0; run < runs; run++) {
      int i = contiguous ? run : run / taps;
      int j = contiguous ? 0 : run % taps;
      aRuns[run] = i * loops.sourceRowTap() + j * loops.sourceColumnTap();
      bRuns[run] = (i * row.tapStep() * w.kernelWidth + j * column.tapStep()) * w.perTap;
    }
    ProductStrides strides = new ProductStrides(aRow, 1, w.perSource, cRow, aRuns, bRuns);
    int inner = contiguous ? taps * terms : terms;
    int tap = row.firstTap() * w.kernelWidth + column.firstTap();
    int w0 = tap * w.perTap + channel;
    return (of, at, to) -> {
      for (int group = 0; group < w.groups; group++) {
        alongTerms.run(
            strides,
            count,
            channels,
            inner,
            of.source(),
            of.source0() + at + group * terms,
            of.w(),
            of.w0() + w0 + group * w.perGroup,
            of.target(),
            of.target0() + to + group * w.targetChannels + channel,
            true);
      }
    };
  }

  /** Writes w [taps, ci / groups, co] as [taps, co, ci / groups]. */
  static void exchangeChannels(
      Conv2dGeometry g, float[] w, int w0, float[] to, int to0, Workers workers) {
    int rows = g.groupInChannels();
    int columns = g.outChannels();
    workers.each(
        g.kernelHeight() * g.kernelWidth(),
        tap -> {
          int at = tap * rows * columns;
          for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
              to[to0 + at + c * rows + r] = w[w0 + at + r * columns + c];
            }
          }
        });
  }

  /**
   * Computes each part of dw from x and dy.
   *
   * @param split how the images are cut
   * @param dw part {@code p} is written from {@code dw0 + p · weights} on
   */
  void weightGradient(
      Conv2dGeometry g,
      Split split,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0,
      Workers workers) {
    int taps = g.kernelHeight() * g.kernelWidth();
    int rowBlocks = Math.ceilDiv(g.groupInChannels(), GRADIENT_ROWS);
    int perPart = taps * g.groups() * rowBlocks;
    int inRow = g.inWidth() * g.inChannels();
    int outRow = g.outWidth() * g.outChannels();
    workers.each(
        split.parts() * perPart,
        item -> {
          int part = item / perPart;
          int tap = item % perPart / (g.groups() * rowBlocks);
          int group = item / rowBlocks % g.groups();
          int channel = item % rowBlocks * GRADIENT_ROWS;
          Reach rows =
              Reach.of(
                  tap / g.kernelWidth() * g.dilationHeight() - g.padTop(),
                  g.strideHeight(),
                  g.inHeight(),
                  g.outHeight());
          Reach columns =
              Reach.of(
                  tap % g.kernelWidth() * g.dilationWidth() - g.padLeft(),
                  g.strideWidth(),
                  g.inWidth(),
                  g.outWidth());
          int[] xRuns = new int[rows.count()];
          int[] dyRuns = new int[rows.count()];
          for (int row = 0; row < rows.count(); row++) {
            xRuns[row] = row * g.strideHeight() * inRow;
            dyRuns[row] = row * outRow;
          }
          ProductStrides strides =
              new ProductStrides(
                  1,
                  g.strideWidth() * g.inChannels(),
                  g.outChannels(),
                  g.outChannels(),
                  xRuns,
                  dyRuns);
          for (int image = split.from(part); image < split.to(part); image++) {
            alongRows.run(
                strides,
                Math.min(GRADIENT_ROWS, g.groupInChannels() - channel),
                g.groupOutChannels(),
                columns.count(),
                x,
                x0
                    + (image * g.inHeight() + rows.in()) * inRow
                    + columns.in() * g.inChannels()
                    + group * g.groupInChannels()
                    + channel,
                dy,
                dy0
                    + (image * g.outHeight() + rows.out()) * outRow
                    + columns.out() * g.outChannels()
                    + group * g.groupOutChannels(),
                dw,
                dw0
                    + part * g.weightElements()
                    + (tap * g.groupInChannels() + channel) * g.outChannels()
                    + group * g.groupOutChannels(),
                image == split.from(part));
          }
        });
  }

  /**
   * Weights as the right operand of a product.
   *
   * @param sourceChannels channels of a group that are read
   * @param targetChannels channels of a group that are written
   * @param perTap elements from one tap to the next
   * @param perGroup elements from one group to the next
   * @param perSource elements from one channel that is read to the next
   */
  private record Weights(
      int kernelHeight,
      int kernelWidth,
      int groups,
      int sourceChannels,
      int targetChannels,
      int perTap,
      int perGroup,
      int perSource) {

    /** Columns whose weights stay in a cache, in whole tiles. */
    int columnsAtATime(int wide) {
      int perColumn = kernelHeight * kernelWidth * sourceChannels;
      return Math.max(1, CACHED_WEIGHTS / perColumn / wide) * wide;
    }
  }
}
