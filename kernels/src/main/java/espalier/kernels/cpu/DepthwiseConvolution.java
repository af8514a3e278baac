package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions that keep channels apart, a vector of channels at a time. */
final class DepthwiseConvolution {
  /*
   * A load feeds each multiplication, so the gain is in sharing the other operand: a strip of
   * pixels shares the weights of a tap, and taps of a weight gradient share the pixels of dy.
   * Channels that remain are covered by a vector that reaches back over channels already done.
   *
   * A weight gradient is one chain over all pixels per tap. Taps of one column have the same pixels
   * in each row, so they go together, through a band of rows that stays in the first cache while
   * the columns take turns. Five of them keep the multipliers busy, three nearly so.
   */
  private static final int FIVE = 5;

  private static final int THREE = 3;

  /** Pixels of a band. */
  private static final int BAND = 128;

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

  /** Computes y from x and w, the source and target of {@code operands}. */
  void forward(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    Passes passes = frame.prepared(Passes.class, () -> passes(g, TapLoops.forward(g), frame));
    passes.run(operands, frame.workers());
  }

  /** Computes dx from dy and w, the target and source of {@code operands}. */
  void inputGradient(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    Passes passes = frame.prepared(Passes.class, () -> passes(g, TapLoops.backward(g), frame));
    passes.run(operands, frame.workers());
  }

  /**
   * What is worked out once for a geometry.
   *
   * @param folded elements of a tap's weights where pixels are folded, 0 where none are
   */
  private record Passes(TapLoops.Plan strips, int taps, int channels, int folded) {
    void run(TapLoops.Operands operands, Workers workers) {
      if (folded == 0) {
        strips.run(operands, workers);
        return;
      }
      float[] repeated = workers.packing(taps * folded);
      DepthwiseFolding.repeat(taps, channels, operands.w(), operands.w0(), repeated, folded);
      strips.run(operands.folding(repeated), workers);
    }
  }

  private Passes passes(Conv2dGeometry g, TapLoops loops, Frame frame) {
    int channels = g.inChannels();
    List<ChannelBlock<DepthwiseTile>> blocks =
        ChannelBlock.cover(channels, tiles, DepthwiseTile::channels);
    List<DepthwiseFolding> foldings = foldings(loops, channels);
    int pitch = foldings.isEmpty() ? 0 : foldings.getFirst().lanes();
    TapLoops.Plan strips =
        loops.plan(
            IMAGES_AT_A_TIME,
            SHORTEST_STRIP,
            g.multiplyAccumulates(),
            frame.workers().threads(),
            (direction, count, row, column) -> {
              int tap = row.firstTap() * g.kernelWidth() + column.firstTap();
              if (direction == TapLoops.ALONG) {
                for (DepthwiseFolding folding : foldings) {
                  if (folding.suits(count)) {
                    TapOffsets at = offsets(g, loops, row, column, pitch);
                    return folded(folding, at, count, tap * pitch);
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
              return unfolded(
                  strip,
                  direction == TapLoops.ALONG && strip.isLong() ? apart(blocks, strip) : blocks,
                  tap * channels);
            });
    return new Passes(strips, g.kernelHeight() * g.kernelWidth(), channels, pitch);
  }

  private static TapLoops.Strip unfolded(
      DepthwiseStrip strip, List<ChannelBlock<DepthwiseTile>> blocks, int w0) {
    return (of, from, to) -> {
      for (ChannelBlock<DepthwiseTile> block : blocks) {
        int c = block.from();
        strip.run(
            block.tile(),
            block.channels(),
            of.source(),
            of.source0() + from + c,
            of.w(),
            of.w0() + w0 + c,
            of.target(),
            of.target0() + to + c);
      }
    };
  }

  private static List<ChannelBlock<DepthwiseTile>> apart(
      List<ChannelBlock<DepthwiseTile>> blocks, DepthwiseStrip strip) {
    return blocks.stream()
        .map(block ->
            new ChannelBlock<>(
                block.tile().apart(strip.sourcePixel(), strip.targetPixel()),
                block.from(),
                block.channels()))
        .toList();
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
      DepthwiseFolding folding, TapOffsets taps, int count, int w0) {
    int lanes = folding.lanes();
    int pixels = folding.pixels();
    DepthwiseStrip strip = new DepthwiseStrip(taps, count / pixels, lanes, lanes);
    DepthwiseStrip last = new DepthwiseStrip(taps, 1, lanes, lanes);
    DepthwiseTile tile = strip.isLong() ? folding.tile().apart(lanes, lanes) : folding.tile();
    int rest = count % pixels;
    int back = (count - pixels) * (lanes / pixels); // the last reaches back over pixels done
    return (of, from, to) -> {
      int source = of.source0() + from;
      int target = of.target0() + to;
      strip.run(tile, lanes, of.source(), source, of.folded(), w0, of.target(), target);
      if (rest > 0) {
        last.run(
            tile, lanes, of.source(), source + back, of.folded(), w0, of.target(), target + back);
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
      Frame frame) {
    GradientPasses passes = frame.prepared(GradientPasses.class, () -> gradientPasses(g));
    List<ChannelBlock<DepthwiseGradientTile>> blocks = passes.blocks;
    List<Band> bands = passes.bands;
    Workers workers = frame.workers();
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
            addImage(g, bands, block, x, xAt, dy, dyAt, sums);
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

  /** What is worked out once for a geometry. */
  private record GradientPasses(
      List<ChannelBlock<DepthwiseGradientTile>> blocks, List<Band> bands) {}

  private GradientPasses gradientPasses(Conv2dGeometry g) {
    List<ChannelBlock<DepthwiseGradientTile>> blocks =
        ChannelBlock.cover(g.inChannels(), gradientTiles, DepthwiseGradientTile::channels).stream()
            .map(block ->
                new ChannelBlock<>(
                    block.tile().apart(g.strideWidth() * g.inChannels(), g.outChannels()),
                    block.from(),
                    block.channels()))
            .toList();
    return new GradientPasses(blocks, bands(g));
  }

  private static void addImage(
      Conv2dGeometry g,
      List<Band> bands,
      ChannelBlock<DepthwiseGradientTile> block,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums) {
    for (Band band : bands) {
      for (TapColumn column : band.columns) {
        addBand(g, band, column, block, x, x0 + column.x, dy, dy0 + column.dy, sums);
      }
    }
  }

  private static void addBand(
      Conv2dGeometry g,
      Band band,
      TapColumn column,
      ChannelBlock<DepthwiseGradientTile> block,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums) {
    DepthwiseGradientTile tile = block.tile();
    int xStep = g.strideWidth() * g.inChannels();
    int yStep = g.outChannels();
    int xRow = g.strideHeight() * g.inWidth() * g.inChannels();
    int yRow = g.outWidth() * yStep;
    int rows = band.rows;
    int n = column.pixels;
    int c = block.channels();
    int[] from = band.reads;
    int[] to = column.sums;
    int t = 0;
    for (; band.taps - t > THREE; t += FIVE) {
      tile.fiveTaps(rows, n, xRow, yRow, xStep, yStep, c, t, from, to, x, x0, dy, dy0, sums, 0);
    }
    if (t < band.taps) {
      tile.threeTaps(rows, n, xRow, yRow, xStep, yStep, c, t, from, to, x, x0, dy, dy0, sums, 0);
    }
  }

  /** The output rows in order, cut where they use other taps or leave the first cache. */
  private static List<Band> bands(Conv2dGeometry g) {
    int most = Math.max(1, BAND / Math.max(1, g.outWidth()));
    List<Band> bands = new ArrayList<>();
    for (Span row : TapLoops.forwardRows(g).spans()) {
      for (int from = 0; from < row.count(); from += most) {
        bands.add(Band.of(g, row, from, Math.min(most, row.count() - from)));
      }
    }
    return List.copyOf(bands);
  }

  /**
   * Output rows that use the same rows of taps. Those are followed by idle ones that fill a pass:
   * they read what the first one reads and add to a row of sums that nobody reads.
   *
   * @param taps rows of taps that are not idle
   * @param reads where each of them reads, from the first
   */
  private record Band(int rows, int taps, int[] reads, List<TapColumn> columns) {
    static Band of(Conv2dGeometry g, Span row, int from, int rows) {
      int taps = row.taps();
      int[] reads = new int[taps + FIVE];
      for (int t = 0; t < taps; t++) {
        reads[t] = t * g.dilationHeight() * g.inWidth() * g.inChannels();
      }
      List<TapColumn> columns = new ArrayList<>();
      for (int tap = 0; taps > 0 && tap < g.kernelWidth(); tap++) {
        TapColumn column = TapColumn.of(g, row, from, tap);
        if (column.pixels > 0) {
          columns.add(column);
        }
      }
      return new Band(rows, taps, reads, columns);
    }
  }

  /**
   * The pixels of a band that a column of taps reaches: a chain skips the others, so each column
   * has its own.
   *
   * @param pixels pixels of a row
   * @param x where the first pixel's first tap reads, in elements of an image
   * @param dy where the first pixel is, in elements of an image
   * @param sums where the sums of each row of taps are
   */
  private record TapColumn(int pixels, int x, int dy, int[] sums) {
    static TapColumn of(Conv2dGeometry g, Span row, int from, int tap) {
      Reach reach =
          Reach.of(
              tap * g.dilationWidth() - g.padLeft(), g.strideWidth(), g.inWidth(), g.outWidth());
      int[] sums = new int[row.taps() + FIVE];
      Arrays.fill(sums, g.kernelHeight() * g.kernelWidth() * GRADIENT_CHANNELS);
      for (int t = 0; t < row.taps(); t++) {
        sums[t] = ((row.firstTap() + t) * g.kernelWidth() + tap) * GRADIENT_CHANNELS;
      }
      return new TapColumn(
          reach.count(),
          ((row.source() + from * g.strideHeight()) * g.inWidth() + reach.in()) * g.inChannels(),
          ((row.from() + from) * g.outWidth() + reach.out()) * g.outChannels(),
          sums);
    }
  }
}
