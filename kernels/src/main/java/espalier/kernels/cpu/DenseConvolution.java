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
                  strip(loops, w, work, direction, count, row, column, channel, channels)));
    }
    return new Passes(blocks);
  }

  private TapLoops.Strip strip(
      TapLoops loops,
      Weights w,
      long work,
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
    TiledProduct product =
        direction == TapLoops.ALONG ? alongTerms.forSite(strides, channels, work) : alongTerms;
    int inner = contiguous ? taps * terms : terms;
    int tap = row.firstTap() * w.kernelWidth + column.firstTap();
    int w0 = tap * w.perTap + channel;
    return (of, at, to) -> {
      for (int group = 0; group < w.groups; group++) {
        product.run(
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
          Transposition.of(rows, columns, w, w0 + at, columns, to, to0 + at, rows);
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
      Frame frame) {
    Gradient gradient = frame.prepared(Gradient.class, () -> gradient(g));
    int rowBlocks = Math.ceilDiv(g.groupInChannels(), GRADIENT_ROWS);
    int perPart = gradient.taps.size() * g.groups() * rowBlocks;
    int inImage = g.inHeight() * g.inWidth() * g.inChannels();
    int outImage = g.outHeight() * g.outWidth() * g.outChannels();
    frame
        .workers()
        .each(
            split.parts() * perPart,
            item -> {
              int part = item / perPart;
              int tap = item % perPart / (g.groups() * rowBlocks);
              int group = item / rowBlocks % g.groups();
              int channel = item % rowBlocks * GRADIENT_ROWS;
              TapPixels pixels = gradient.taps.get(tap);
              int in = group * g.groupInChannels() + channel;
              int out = group * g.groupOutChannels();
              int weight = (tap * g.groupInChannels() + channel) * g.outChannels() + out;
              for (int image = split.from(part); image < split.to(part); image++) {
                gradient.product.run(
                    pixels.strides,
                    Math.min(GRADIENT_ROWS, g.groupInChannels() - channel),
                    g.groupOutChannels(),
                    pixels.terms,
                    x,
                    x0 + image * inImage + pixels.in + in,
                    dy,
                    dy0 + image * outImage + pixels.out + out,
                    dw,
                    dw0 + part * g.weightElements() + weight,
                    image == split.from(part));
              }
            });
  }

  /** What is worked out once for the gradient of the weights. */
  private record Gradient(List<TapPixels> taps, TiledProduct product) {}

  /**
   * The pixels of an image that a tap sees, as the terms of a product.
   *
   * @param in elements of x before the first
   * @param out elements of dy before the first
   */
  private record TapPixels(ProductStrides strides, int terms, int in, int out) {}

  private Gradient gradient(Conv2dGeometry g) {
    List<TapPixels> taps = new ArrayList<>();
    for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
      taps.add(pixels(g, tap));
    }
    TiledProduct product =
        alongRows.forSite(taps.getFirst().strides, g.groupOutChannels(), g.multiplyAccumulates());
    return new Gradient(taps, product);
  }

  private static TapPixels pixels(Conv2dGeometry g, int tap) {
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
    int inRow = g.inWidth() * g.inChannels();
    int inPixel = g.strideWidth() * g.inChannels();
    int outRow = g.outWidth() * g.outChannels();
    boolean contiguous =
        columns.count() == g.outWidth() && g.outWidth() * inPixel == g.strideHeight() * inRow;
    int[] xRuns = new int[contiguous ? 1 : rows.count()];
    int[] dyRuns = new int[xRuns.length];
    for (int row = 0; row < xRuns.length; row++) {
      xRuns[row] = row * g.strideHeight() * inRow;
      dyRuns[row] = row * outRow;
    }
    return new TapPixels(
        new ProductStrides(1, inPixel, g.outChannels(), g.outChannels(), xRuns, dyRuns),
        contiguous ? rows.count() * columns.count() : columns.count(),
        rows.in() * inRow + columns.in() * g.inChannels(),
        rows.out() * outRow + columns.out() * g.outChannels());
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
