package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;
import java.util.Arrays;
import java.util.List;

/** Convolutions that keep channels apart, a vector of channels at a time. */
final class DepthwiseConvolution {
  /*
   * A load feeds each multiplication, so the gain is in sharing the other operand: a strip of
   * pixels shares the weights of a tap, and taps of a weight gradient share the pixels of dy.
   * Channels that remain are covered by a vector that reaches back over channels already done.
   *
   * A weight gradient is one chain over all pixels per tap, so a pass waits for its additions
   * unless it has about twice as many taps as an addition takes cycles: a pass of nine is as fast
   * as one of five, and idle taps that fill one up cost next to nothing.
   */
  private static final int NINE = 9;

  private static final int FIVE = 5;

  /** Images that stay in the second cache together. */
  private static final int IMAGES_AT_A_TIME = 4;

  /** Pixels that make a strip worth its direction. */
  private static final int SHORTEST_STRIP = 4;

  /** Room for each tap's sums: channels of the largest tile. */
  private static final int GRADIENT_CHANNELS = 64;

  private final List<DepthwiseTile> tiles;
  private final List<DepthwiseGradientTile> gradientTiles;

  /** Of tiles for many channels first, the last for any number. */
  DepthwiseConvolution(List<DepthwiseTile> tiles, List<DepthwiseGradientTile> gradientTiles) {
    this.tiles = List.copyOf(tiles);
    this.gradientTiles = List.copyOf(gradientTiles);
  }

  /** Computes y from x and w. */
  void forward(
      Conv2dGeometry g, float[] x, int x0, float[] w, int w0, float[] y, int y0, Workers workers) {
    run(g, TapLoops.forward(g), x, x0, w, w0, y, y0, workers);
  }

  /** Computes dx from dy and w. */
  void inputGradient(
      Conv2dGeometry g,
      float[] dy,
      int dy0,
      float[] w,
      int w0,
      float[] dx,
      int dx0,
      Workers workers) {
    run(g, TapLoops.backward(g), dy, dy0, w, w0, dx, dx0, workers);
  }

  private void run(
      Conv2dGeometry g,
      TapLoops loops,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0,
      Workers workers) {
    int channels = g.inChannels();
    List<ChannelBlock<DepthwiseTile>> blocks =
        ChannelBlock.cover(channels, tiles, DepthwiseTile::channels);
    List<DepthwiseFolding> foldings = foldings(loops, channels);
    int pitch = foldings.isEmpty() ? 0 : foldings.getFirst().lanes();
    int taps = g.kernelHeight() * g.kernelWidth();
    float[] repeated = workers.packing(taps * pitch);
    DepthwiseFolding.repeat(foldings.isEmpty() ? 0 : taps, channels, w, w0, repeated, pitch);
    loops.run(
        IMAGES_AT_A_TIME,
        SHORTEST_STRIP,
        g.multiplyAccumulates(),
        workers,
        (direction, count, row, column) -> {
          int tap = row.firstTap() * g.kernelWidth() + column.firstTap();
          if (direction == TapLoops.ALONG) {
            for (DepthwiseFolding folding : foldings) {
              if (folding.suits(count)) {
                TapOffsets at = offsets(g, loops, row, column, pitch);
                int w1 = tap * pitch;
                return folded(folding, at, count, source, source0, repeated, w1, target, target0);
              }
            }
          }
          int step = direction == TapLoops.DOWN ? row.step() : column.step();
          DepthwiseStrip strip =
              new DepthwiseStrip(
                  offsets(g, loops, row, column, channels),
                  count,
                  loops.sourceStride(direction),
                  loops.targetStride(direction, step));
          return (from, to) -> {
            for (ChannelBlock<DepthwiseTile> block : blocks) {
              int c = block.from();
              strip.run(
                  block.tile(),
                  block.channels(),
                  source,
                  source0 + from + c,
                  w,
                  w0 + tap * channels + c,
                  target,
                  target0 + to + c);
            }
          };
        });
  }

  /** The ways to fold pixels in line along a row: none where they are not contiguous. */
  private List<DepthwiseFolding> foldings(TapLoops loops, int channels) {
    boolean contiguous =
        loops.columns().sourceStep() == 1
            && loops.columns().spans().stream().allMatch(span -> span.step() == 1);
    return contiguous
        ? DepthwiseFolding.of(channels, tiles.subList(0, tiles.size() - 1))
        : List.of();
  }

  /**
   * Where the taps of the spans' pixels are.
   *
   * @param pitch weight elements from tap to tap
   */
  private static TapOffsets offsets(
      Conv2dGeometry g, TapLoops loops, Span row, Span column, int pitch) {
    return TapOffsets.of(
        row,
        column,
        loops.sourceRowTap(),
        loops.sourceColumnTap(),
        row.tapStep() * g.kernelWidth() * pitch,
        column.tapStep() * pitch);
  }

  private static TapLoops.Strip folded(
      DepthwiseFolding folding,
      TapOffsets taps,
      int count,
      float[] source,
      int source0,
      float[] w,
      int w0,
      float[] target,
      int target0) {
    int lanes = folding.lanes();
    int pixels = folding.pixels();
    DepthwiseStrip strip = new DepthwiseStrip(taps, count / pixels, lanes, lanes);
    DepthwiseStrip last = new DepthwiseStrip(taps, 1, lanes, lanes);
    int rest = count % pixels;
    int back = (count - pixels) * (lanes / pixels); // the last reaches back over pixels done
    return (from, to) -> {
      strip.run(folding.tile(), lanes, source, source0 + from, w, w0, target, target0 + to);
      if (rest > 0) {
        last.run(
            folding.tile(),
            lanes,
            source,
            source0 + from + back,
            w,
            w0,
            target,
            target0 + to + back);
      }
    };
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
    List<ChannelBlock<DepthwiseGradientTile>> blocks =
        ChannelBlock.cover(g.inChannels(), gradientTiles, DepthwiseGradientTile::channels);
    List<Patch> patches = patches(g);
    int taps = g.kernelHeight() * g.kernelWidth();
    int inImage = g.inHeight() * g.inWidth() * g.inChannels();
    int outImage = g.outHeight() * g.outWidth() * g.outChannels();
    workers.each(
        split.parts() * blocks.size(),
        item -> {
          int part = item / blocks.size();
          ChannelBlock<DepthwiseGradientTile> block = blocks.get(item % blocks.size());
          int channel = block.from();
          int room = (taps + 1) * GRADIENT_CHANNELS; // one row for idle taps
          float[] sums = workers.packing(room);
          Arrays.fill(sums, 0, room, 0);
          for (int image = split.from(part); image < split.to(part); image++) {
            int xAt = x0 + image * inImage + channel;
            int dyAt = dy0 + image * outImage + channel;
            addImage(g, patches, block, x, xAt, dy, dyAt, sums);
          }
          for (int tap = 0; tap < taps; tap++) {
            System.arraycopy(
                sums,
                tap * GRADIENT_CHANNELS,
                dw,
                dw0 + part * g.weightElements() + tap * g.inChannels() + channel,
                block.channels());
          }
        });
  }

  private static void addImage(
      Conv2dGeometry g,
      List<Patch> patches,
      ChannelBlock<DepthwiseGradientTile> block,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums) {
    int xRow = g.strideHeight() * g.inWidth() * g.inChannels();
    int dyRow = g.outWidth() * g.outChannels();
    int columnSpans = patches.size() / patches.getFirst().ofRows;
    for (int r = 0; r < patches.size(); r += columnSpans) {
      for (int y = 0; y < patches.get(r).rows; y++) {
        for (int c = r; c < r + columnSpans; c++) {
          Patch patch = patches.get(c);
          addRun(g, patch, block, x, x0 + patch.x + y * xRow, dy, dy0 + patch.dy + y * dyRow, sums);
        }
      }
    }
  }

  private static void addRun(
      Conv2dGeometry g,
      Patch patch,
      ChannelBlock<DepthwiseGradientTile> block,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums) {
    DepthwiseGradientTile tile = block.tile();
    int channels = block.channels();
    int pixels = patch.pixels;
    int xPixel = g.strideWidth() * g.inChannels();
    int dyPixel = g.outChannels();
    int[] reads = patch.reads;
    int[] at = patch.sums;
    int t = 0;
    for (; patch.taps - t > FIVE; t += NINE) {
      tile.nineTaps(pixels, xPixel, dyPixel, channels, t, reads, at, x, x0, dy, dy0, sums, 0);
    }
    if (t < patch.taps) {
      tile.fiveTaps(pixels, xPixel, dyPixel, channels, t, reads, at, x, x0, dy, dy0, sums, 0);
    }
  }

  /** Output pixels that use the same taps, row spans outermost. */
  private static List<Patch> patches(Conv2dGeometry g) {
    TapAxis rows = TapLoops.forwardRows(g);
    TapAxis columns = TapLoops.forwardColumns(g);
    return rows.spans().stream()
        .flatMap(row ->
            columns.spans().stream().map(column -> Patch.of(g, rows.spans().size(), row, column)))
        .toList();
  }

  /**
   * A rectangle of output pixels. Its taps are followed by idle ones that fill the last pass: they
   * read what the first tap reads and add to a row of sums that nobody reads.
   *
   * @param ofRows number of row spans there are
   * @param rows rows of the rectangle
   * @param pixels pixels of a row
   * @param x where the first pixel's first tap reads, in elements of an image
   * @param dy where the first pixel is, in elements of an image
   * @param taps taps that are not idle
   * @param reads where each tap reads, from the first
   * @param sums where each tap's sums are
   */
  private record Patch(
      int ofRows, int rows, int pixels, int x, int dy, int taps, int[] reads, int[] sums) {
    static Patch of(Conv2dGeometry g, int ofRows, Span row, Span column) {
      int channels = g.inChannels();
      int first = row.firstTap() * g.kernelWidth() + column.firstTap();
      TapOffsets offsets =
          TapOffsets.of(
              row,
              column,
              g.dilationHeight() * g.inWidth() * channels,
              g.dilationWidth() * channels,
              g.kernelWidth() * GRADIENT_CHANNELS,
              GRADIENT_CHANNELS);
      int taps = offsets.source().length;
      int[] reads = Arrays.copyOf(offsets.source(), taps + NINE);
      int[] sums = new int[taps + NINE];
      Arrays.fill(sums, g.kernelHeight() * g.kernelWidth() * GRADIENT_CHANNELS);
      for (int t = 0; t < taps; t++) {
        sums[t] = first * GRADIENT_CHANNELS + offsets.weights()[t];
      }
      return new Patch(
          ofRows,
          row.count(),
          column.count(),
          (row.source() * g.inWidth() + column.source()) * channels,
          (row.from() * g.outWidth() + column.from()) * channels,
          taps,
          reads,
          sums);
    }
  }
}
