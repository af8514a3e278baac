package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The gradient of depthwise weights, worked out once for a geometry. */
final class DepthwiseGradient {
  /*
   * One chain over all pixels per tap and channel, so lanes are channels, and speed comes from taps
   * side by side. Taps of one row read neighbouring pixels: five of them, or three, go through a
   * band of rows while the rows of taps take turns. Three chains are too few to hide how long a
   * multiplication takes, so three rows of three go together where all of them reach. The rows of x
   * are padded (see DepthwisePass), so all of them have the same pixels. Idle taps fill up a row:
   * they read whatever is there and their sums are dropped.
   */

  /** Floats of dy in a band, as in {@link DepthwisePass}. */
  private static final int BAND = 1 << 14;

  private static final int NINE = 9;
  private static final int FIVE = 5;
  private static final int THREE = 3;

  /** Room for each tap's sums: channels of the largest tile. */
  private static final int PITCH = 64;

  private final Conv2dGeometry g;
  private final PaddedRows padded;
  private final List<ChannelBlock<DepthwiseGradientTile>> blocks;
  private final List<PaddedBand<Run>> bands;

  /** Taps of a row, idle ones included. */
  private final int slots;

  /** Floats of the image's rows, and of what idle taps read beyond the last. */
  private final int rowsRoom;

  /** Floats of the sums of a block of channels. */
  private final int sumsRoom;

  /**
   * Taps of a row, or of three, over the rows of a band that they reach.
   *
   * @param taps five or three of a row, or nine of three
   * @param x where the first tap reads for the first pixel
   * @param dy where the first pixel is
   * @param sums where the first tap's sums are
   */
  private record Run(int taps, DepthwiseRows rows, int x, int dy, int sums) {
    void add(
        ChannelBlock<DepthwiseGradientTile> block, float[] room, int sums0, float[] dys, int dy0) {
      DepthwiseGradientTile tile = block.tile();
      int n = block.channels();
      int from = x + block.from();
      int at = dy0 + dy + block.from();
      int to = sums0 + sums;
      switch (taps) {
        case NINE -> tile.nineTaps(rows, n, room, from, dys, at, room, to, PITCH);
        case FIVE -> tile.fiveTaps(rows, n, room, from, dys, at, room, to, PITCH);
        default -> tile.threeTaps(rows, n, room, from, dys, at, room, to, PITCH);
      }
    }
  }

  DepthwiseGradient(Conv2dGeometry g, List<DepthwiseGradientTile> tiles) {
    this.g = g;
    TapAxis columns =
        TapAxis.paddedForward(
            g.outWidth(), g.kernelWidth(), g.strideWidth(), g.padLeft(), g.dilationWidth());
    this.padded =
        new PaddedRows(g.inChannels(), g.inHeight(), g.inWidth(), columns.beside(g.inWidth()));
    int xPixel = g.strideWidth() * g.inChannels();
    this.blocks =
        ChannelBlock.cover(g.inChannels(), tiles, DepthwiseGradientTile::channels).stream()
            .map(block ->
                new ChannelBlock<>(
                    block.tile().apart(xPixel, xTap(), g.outChannels()),
                    block.from(),
                    block.channels()))
            .toList();
    List<Integer> tapGroups = tapGroups(g.kernelWidth());
    this.slots = tapGroups.stream().mapToInt(taps -> taps).sum();
    this.rowsRoom = Block.LEAD + padded.room() + slots * xTap();
    this.sumsRoom = g.kernelHeight() * slots * PITCH;
    this.bands = bands(tapGroups);
  }

  private int xTap() {
    return g.dilationWidth() * g.inChannels();
  }

  /** How many taps go together, one group after the other along a row. */
  private static List<Integer> tapGroups(int kernelWidth) {
    List<Integer> groups = new ArrayList<>();
    for (int left = kernelWidth; left > 0; left -= groups.getLast()) {
      groups.add(left > THREE ? FIVE : THREE);
    }
    return List.copyOf(groups);
  }

  private List<PaddedBand<Run>> bands(List<Integer> tapGroups) {
    int most = Math.max(1, BAND / Math.max(1, g.outWidth() * g.outChannels()));
    PaddedBand.Copied copied = new PaddedBand.Copied(g.inHeight());
    List<PaddedBand<Run>> all = new ArrayList<>();
    for (int from = 0; from < g.outHeight(); from += most) {
      int to = Math.min(g.outHeight(), from + most);
      all.add(band(tapGroups, from, to, copied));
    }
    return List.copyOf(all);
  }

  private PaddedBand<Run> band(
      List<Integer> tapGroups, int from, int to, PaddedBand.Copied copied) {
    List<PaddedBand.Rows> missing = new ArrayList<>();
    int[] first = new int[g.kernelHeight()];
    int[] end = new int[g.kernelHeight()];
    for (int tap = 0; tap < g.kernelHeight(); tap++) {
      int shift = shift(tap);
      Reach reach = Reach.of(shift, g.strideHeight(), g.inHeight(), g.outHeight());
      first[tap] = Math.max(from, reach.out());
      end[tap] = Math.max(first[tap], Math.min(to, reach.out() + reach.count()));
      if (end[tap] > first[tap]) {
        int in = first[tap] * g.strideHeight() + shift;
        int rows = end[tap] - first[tap];
        missing.addAll(copied.missing(in, in + (rows - 1) * g.strideHeight() + 1));
      }
    }
    List<Run> runs = new ArrayList<>();
    int together = Arrays.stream(first).max().orElse(from);
    int apart = Arrays.stream(end).min().orElse(from);
    boolean nine = g.kernelHeight() == THREE && tapGroups.equals(List.of(THREE));
    if (!nine || apart <= together) {
      for (int tap = 0; tap < g.kernelHeight(); tap++) {
        runs.addAll(runs(tapGroups, tap, first[tap], end[tap]));
      }
      return new PaddedBand<>(missing, runs);
    }
    for (int tap = 0; tap < THREE; tap++) {
      runs.addAll(runs(tapGroups, tap, first[tap], together));
    }
    runs.addAll(runs(List.of(NINE), 0, together, apart));
    for (int tap = 0; tap < THREE; tap++) {
      runs.addAll(runs(tapGroups, tap, apart, end[tap]));
    }
    return new PaddedBand<>(missing, runs);
  }

  /** Rows of x from a row of y to what a row of taps reads for it. */
  private int shift(int tap) {
    return tap * g.dilationHeight() - g.padTop();
  }

  /** Groups of taps, the first of row {@code tap}, over rows {@code from … to − 1}. */
  private List<Run> runs(List<Integer> groups, int tap, int from, int to) {
    if (to <= from) {
      return List.of();
    }
    int in = from * g.strideHeight() + shift(tap);
    int row = g.outWidth() * g.outChannels();
    DepthwiseRows rows =
        new DepthwiseRows(
            to - from,
            g.strideHeight() * padded.pitch(),
            row,
            g.outWidth(),
            g.strideWidth() * g.inChannels(),
            g.outChannels(),
            xTap(),
            g.dilationHeight() * padded.pitch());
    List<Run> runs = new ArrayList<>();
    int slot = 0;
    for (int taps : groups) {
      int x = Block.LEAD + padded.at(in, -g.padLeft()) + slot * xTap();
      runs.add(new Run(taps, rows, x, from * row, (tap * slots + slot) * PITCH));
      slot += taps;
    }
    return runs;
  }

  /**
   * Computes each part of dw.
   *
   * @param dw part {@code p} is written from {@code dw0 + p · weights} on
   */
  void run(
      Split split, float[] x, int x0, float[] dy, int dy0, float[] dw, int dw0, Workers workers) {
    // Parts alone keep few threads busy where there are few of them; then blocks are shared out
    // too.
    int shares = split.parts() < workers.threads() ? blocks.size() : 1;
    workers.each(
        split.parts() * shares,
        item -> {
          int part = item / shares;
          List<ChannelBlock<DepthwiseGradientTile>> mine =
              shares == 1 ? blocks : List.of(blocks.get(item % shares));
          float[] room = workers.packing(rowsRoom + mine.size() * sumsRoom);
          Arrays.fill(room, rowsRoom, rowsRoom + mine.size() * sumsRoom, 0);
          for (int image = split.from(part); image < split.to(part); image++) {
            int xAt = x0 + image * g.inHeight() * g.inWidth() * g.inChannels();
            int dyAt = dy0 + image * g.outHeight() * g.outWidth() * g.outChannels();
            addImage(mine, x, xAt, dy, dyAt, room);
          }
          for (int b = 0; b < mine.size(); b++) {
            int from = rowsRoom + b * sumsRoom;
            write(mine.get(b), room, from, dw, dw0 + part * g.weightElements());
          }
        });
  }

  private void addImage(
      List<ChannelBlock<DepthwiseGradientTile>> mine,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] room) {
    for (PaddedBand<Run> band : bands) {
      band.copy(padded, x, x0, room, Block.LEAD);
      int sums = rowsRoom;
      for (ChannelBlock<DepthwiseGradientTile> block : mine) {
        for (Run run : band.works()) {
          run.add(block, room, sums, dy, dy0);
        }
        sums += sumsRoom;
      }
    }
  }

  private void write(
      ChannelBlock<DepthwiseGradientTile> block, float[] room, int from, float[] dw, int dw0) {
    for (int i = 0; i < g.kernelHeight(); i++) {
      for (int j = 0; j < g.kernelWidth(); j++) {
        System.arraycopy(
            room,
            from + (i * slots + j) * PITCH,
            dw,
            dw0 + (i * g.kernelWidth() + j) * g.inChannels() + block.from(),
            block.channels());
      }
    }
  }
}
