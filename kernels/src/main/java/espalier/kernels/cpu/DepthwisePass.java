package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * All of a depthwise convolution, or of the gradient of its input, worked out once for a geometry.
 */
final class DepthwisePass {
  /*
   * An image's rows are copied, with zeros on both sides, to memory of the thread's own a little
   * before they are read. Then all pixels of a row use the same taps, and what they read is in the
   * first cache. Tiles of eight pixels cover a row; where fewer remain, the last reaches back over
   * pixels already done. A row that is shorter than a tile is computed into memory of the thread,
   * pixels beyond its end included, and copied from there.
   *
   * Taps that go down, as those of a gradient do, are walked from the last pixel of a tile to the
   * first: it is the same code seen in a mirror. Tiles go up all the same, as memory likes it. Where taps are two pixels apart, pixels of even and of odd
   * number are convolved each by themselves, as if they were neighbours.
   */

  /**
   * Floats of the target in a band: with the rows it reads, they stay in the second cache. Where
   * these come from memory, many at a time come faster, so a band is not made for the first cache.
   */
  private static final int BAND = 1 << 14;

  /** Parts per thread that even out the work. */
  private static final int PARTS_PER_THREAD = 3;

  /** Multiply-accumulates below which one part is enough. */
  private static final long SMALL = 1 << 16;

  private final Shape shape;
  private final PaddedRows padded;
  private final List<ChannelBlock<DepthwiseTile>> blocks;
  private final int groups;
  private final List<List<PaddedBand<Work>>> parts;

  /** Floats of an image's rows, and of what a short row reads beyond the last. */
  private final int rowsRoom;

  /**
   * What is convolved.
   *
   * @param rows without padding
   * @param columns with padding
   * @param kernel taps of a row of the weights
   * @param taps of the weights
   */
  record Shape(
      int images,
      TapAxis rows,
      TapAxis columns,
      TapLoops.Plane source,
      TapLoops.Plane target,
      int kernel,
      int taps) {
    int channels() {
      return target.channels();
    }

    long multiplyAccumulates() {
      return (long) images * target.elements() * taps;
    }
  }

  /** Where a thread works: its own memory, and the operands at the image in hand. */
  private record Place(float[] room, float[] weights, int weights0, float[] target, int target0) {}

  /** Computes some pixels of an image whose rows are at hand. */
  private interface Work {
    void at(Place place);
  }

  DepthwisePass(Shape shape, List<DepthwiseTile> tiles, int threads) {
    this.shape = shape;
    this.blocks = ChannelBlock.cover(shape.channels(), tiles, DepthwiseTile::channels);
    this.padded =
        new PaddedRows(
            shape.channels(),
            shape.source.height(),
            shape.source.width(),
            shape.columns.beside(shape.source.width()));
    this.rowsRoom =
        Block.LEAD
            + padded.room()
            + DepthwiseWalk.PIXELS * shape.channels() * shape.columns.sourceStep();
    int wanted =
        threads == 1 || shape.multiplyAccumulates() < SMALL ? 1 : PARTS_PER_THREAD * threads;
    this.groups = Math.min(shape.images, wanted);
    int rowParts =
        Math.clamp(
            Math.ceilDiv(wanted, Math.max(1, groups)), 1, Math.max(1, shape.target.height()));
    this.parts = new ArrayList<>();
    for (int part = 0; part < rowParts; part++) {
      parts.add(bands(part, rowParts));
    }
  }

  private int shortRow() {
    return DepthwiseWalk.PIXELS * shape.channels();
  }

  private int mostRows() {
    return Math.max(1, BAND / Math.max(1, shape.target.row()));
  }

  private List<PaddedBand<Work>> bands(int part, int rowParts) {
    List<PaddedBand<Work>> bands = new ArrayList<>();
    PaddedBand.Copied copied = new PaddedBand.Copied(shape.source.height());
    for (Span row : shape.rows.spans()) {
      int to = row.count() * (part + 1) / rowParts;
      int rows;
      for (int from = row.count() * part / rowParts; from < to; from += rows) {
        rows = Math.min(mostRows(), to - from);
        bands.add(band(row, from, rows, copied));
      }
    }
    return bands;
  }

  private PaddedBand<Work> band(Span row, int from, int rows, PaddedBand.Copied copied) {
    int first = row.source() + from * shape.rows.sourceStep();
    int alongTaps = (row.taps() - 1) * shape.rows.sourceTapStep();
    int top = first + Math.min(0, alongTaps);
    int bottom = first + (rows - 1) * shape.rows.sourceStep() + Math.max(0, alongTaps);
    List<Work> works = new ArrayList<>();
    for (Span column : shape.columns.spans()) {
      addWorks(row, from, rows, column, works);
    }
    return new PaddedBand<>(row.taps() == 0 ? List.of() : copied.missing(top, bottom + 1), works);
  }

  private void addWorks(Span row, int from, int rows, Span column, List<Work> works) {
    int target =
        (row.from() + from * row.step()) * shape.target.row() + column.from() * shape.channels();
    if (column.count() < DepthwiseWalk.PIXELS) {
      Aim aside = new Aim(true, 1, shortRow(), rowsRoom);
      works.addAll(runs(row, from, rows, column, new Stretch(0, 1), aside));
      works.add(place -> spread(place, row, rows, column, target));
      return;
    }
    int tiles = column.count() / DepthwiseWalk.PIXELS;
    Aim there = new Aim(false, column.step(), row.step() * shape.target.row(), target);
    works.addAll(runs(row, from, rows, column, new Stretch(0, tiles), there));
    if (tiles * DepthwiseWalk.PIXELS < column.count()) {
      Stretch last = new Stretch(column.count() - DepthwiseWalk.PIXELS, 1);
      works.addAll(runs(row, from, rows, column, last, there));
    }
  }

  /** Pixels of a row from {@code from} on, as many as {@code tiles} hold. */
  private record Stretch(int from, int tiles) {}

  /**
   * Where pixels are written.
   *
   * @param aside whether in the thread's own memory
   * @param step pixels from pixel to pixel
   * @param down elements from row to row
   * @param at where pixel 0 is
   */
  private record Aim(boolean aside, int step, int down, int at) {}

  /** What computes a stretch of some rows, a vector of channels after the other. */
  private List<Work> runs(Span row, int from, int rows, Span column, Stretch stretch, Aim aim) {
    boolean mirrored = shape.columns.sourceTapStep() < 0;
    int last = mirrored ? (DepthwiseWalk.PIXELS - 1) * shape.channels() : 0;
    int sourceStep = shape.columns.sourceStep();
    DepthwiseWalk walk = walk(row, rows, column, stretch, aim, mirrored ? -1 : 1);
    int s0 =
        Block.LEAD
            + padded.at(
                row.source() + from * shape.rows.sourceStep(),
                column.source() + stretch.from * sourceStep)
            + last * sourceStep;
    int w0 = (row.firstTap() * shape.kernel + column.firstTap()) * shape.channels();
    int t0 = aim.at + (stretch.from * shape.channels() + last) * aim.step;
    List<Work> runs = new ArrayList<>();
    for (ChannelBlock<DepthwiseTile> block : blocks) {
      DepthwiseTile tile =
          walk.sourceTap() == walk.sourcePixel()
              ? block.tile().apart(walk.sourcePixel(), walk.targetPixel())
              : block.tile();
      int n = block.channels();
      int s = s0 + block.from();
      int w = w0 + block.from();
      int t = t0 + block.from();
      runs.add(
          aim.aside
              ? at -> tile.run(walk, n, at.room, s, at.weights, at.weights0 + w, at.room, t)
              : at ->
                  tile.run(
                      walk, n, at.room, s, at.weights, at.weights0 + w, at.target, at.target0 + t));
    }
    return runs;
  }

  private DepthwiseWalk walk(Span row, int rows, Span column, Stretch stretch, Aim aim, int sign) {
    int channels = shape.channels();
    return new DepthwiseWalk(
        rows,
        shape.rows.sourceStep() * padded.pitch(),
        aim.down,
        stretch.tiles,
        sign * shape.columns.sourceStep() * channels,
        sign * aim.step * channels,
        row.taps(),
        shape.rows.sourceTapStep() * padded.pitch(),
        row.tapStep() * shape.kernel * channels,
        column.taps(),
        shape.columns.sourceTapStep() * channels,
        column.tapStep() * channels);
  }

  /** Copies short rows from the thread's memory to where they belong. */
  private void spread(Place place, Span row, int rows, Span column, int target) {
    int channels = shape.channels();
    boolean isWhole = column.step() == 1;
    for (int r = 0; r < rows; r++) {
      int from = rowsRoom + r * shortRow();
      int to = place.target0 + target + r * row.step() * shape.target.row();
      for (int p = 0; p < (isWhole ? 1 : column.count()); p++) {
        System.arraycopy(
            place.room,
            from + p * channels,
            place.target,
            to + p * column.step() * channels,
            isWhole ? column.count() * channels : channels);
      }
    }
  }

  /** Runs it, spread over the workers. */
  void run(TapLoops.Operands of, Workers workers) {
    workers.each(
        groups * parts.size(),
        part -> {
          int group = part / parts.size();
          List<PaddedBand<Work>> bands = parts.get(part % parts.size());
          int to = Math.toIntExact((long) shape.images * (group + 1) / groups);
          float[] room = workers.packing(rowsRoom + mostRows() * shortRow());
          for (int i = Math.toIntExact((long) shape.images * group / groups); i < to; i++) {
            int source0 = of.source0() + i * shape.source.elements();
            int target0 = of.target0() + i * shape.target.elements();
            Place place = new Place(room, of.w(), of.w0(), of.target(), target0);
            for (PaddedBand<Work> band : bands) {
              band.copy(padded, of.source(), source0, room, Block.LEAD);
              for (Work work : band.works()) {
                work.at(place);
              }
            }
          }
        });
  }
}
