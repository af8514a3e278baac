package espalier.kernels.cpu;

import espalier.kernels.spi.Pool2dGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pooling is cut, worked out once for each call of a program.
 *
 * @param sources floats of an image on the side that is read first
 * @param targets floats of an image on the other side
 */
record PoolPlan(int images, int sources, int targets, List<Band> bands) {
  /*
   * An image is cut into bands of rows, which threads share out; rows that two of them need are
   * prepared twice. A band goes in steps of a few rows through all passes, so that what one pass
   * leaves for the next is still in the first cache.
   */

  /** Floats of a band's rows, as many as the second cache holds several times over. */
  private static final int BAND = 1 << 14;

  /** Floats of a step's rows. */
  private static final int STEP = Integer.getInteger("pool.step", 1 << 11);

  /**
   * Rows of an image.
   *
   * @param source where they start in an image that is read first
   * @param target where they start in an image of the other side
   * @param between floats of the largest plane between two passes
   * @param steps the passes of each step
   */
  record Band(int source, int target, int between, List<List<PoolPass>> steps) {}

  /** Runs a kernel over the bands of all images, on planes of the thread's own between passes. */
  void run(Workers workers, int planes, Kernel kernel) {
    workers.each(
        images * bands.size(),
        part -> {
          Band band = bands.get(part % bands.size());
          int image = part / bands.size();
          float[] room = workers.packing(Block.LEAD + planes * band.between);
          int source = image * sources + band.source;
          int target = image * targets + band.target;
          for (List<PoolPass> passes : band.steps) {
            kernel.step(passes, source, target, room, band.between);
          }
        });
  }

  /** Takes the rows of a step through its passes. */
  @FunctionalInterface
  interface Kernel {
    /**
     * Takes the rows of a step through its passes.
     *
     * @param source where the band starts on the side that is read first
     * @param target where it starts on the other side
     * @param room planes from {@link Block#LEAD} on, {@code between} floats each
     */
    void step(List<PoolPass> passes, int source, int target, float[] room, int between);
  }

  /** Windows over their pixels: across into a plane, then down it. */
  static PoolPlan windows(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    PoolAxis rows = PoolAxis.ofRows(g);
    List<Band> bands = new ArrayList<>();
    int each = rows(BAND, sides.out);
    for (int from = 0; from < g.outHeight(); from += each) {
      int end = Math.min(g.outHeight(), from + each);
      int top = rows.begin(from);
      int bottom = top;
      List<List<PoolPass>> steps = new ArrayList<>();
      int stride = rows(STEP, sides.out);
      for (int row = from; row < end; row += stride) {
        int next = Math.min(end, row + stride);
        int reach = Math.max(bottom, rows.end(next - 1));
        steps.add(
            List.of(
                sides.acrossWindows(bottom - top, reach - bottom),
                sides.down(rows.windows(row, next), sides.out, top, from)));
        bottom = reach;
      }
      bands.add(new Band(top * sides.in, from * sides.out, (bottom - top) * sides.out, steps));
    }
    return new PoolPlan(g.batch(), g.inHeight() * sides.in, g.outHeight() * sides.out, bands);
  }

  /** Pixels over the windows that hold them: across into a plane, then down it. */
  static PoolPlan holders(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    PoolAxis rows = PoolAxis.ofRows(g);
    List<Band> bands = new ArrayList<>();
    int each = rows(BAND, sides.in);
    for (int from = 0; from < g.inHeight(); from += each) {
      int end = Math.min(g.inHeight(), from + each);
      int top = rows.firstHolding(from);
      int bottom = top;
      List<List<PoolPass>> steps = new ArrayList<>();
      int stride = rows(STEP, sides.in);
      for (int row = from; row < end; row += stride) {
        int next = Math.min(end, row + stride);
        int reach = Math.max(bottom, rows.endHolding(next - 1));
        steps.add(
            List.of(
                sides.acrossHolders(bottom - top, reach - bottom),
                sides.down(rows.holders(row, next), sides.in, top, from)));
        bottom = reach;
      }
      bands.add(new Band(top * sides.out, from * sides.in, (bottom - top) * sides.in, steps));
    }
    return new PoolPlan(g.batch(), g.outHeight() * sides.out, g.inHeight() * sides.in, bands);
  }

  /**
   * Windows over their pixels and back: across, down; then down to the pixels' rows, and across
   * them.
   */
  static PoolPlan thereAndBack(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    PoolAxis rows = PoolAxis.ofRows(g);
    List<Band> bands = new ArrayList<>();
    int each = rows(BAND, sides.out);
    for (int from = 0; from < g.inHeight(); from += each) {
      int end = Math.min(g.inHeight(), from + each);
      int first = rows.firstHolding(from);
      int last = rows.endHolding(end - 1);
      int top = first < last ? Math.min(from, rows.begin(first)) : from;
      int bottom = top;
      int window = first;
      List<List<PoolPass>> steps = new ArrayList<>();
      int stride = rows(STEP, sides.out);
      for (int row = from; row < end; row += stride) {
        int next = Math.min(end, row + stride);
        int windows = Math.max(window, rows.endHolding(next - 1));
        int reach = Math.max(bottom, windows > window ? Math.max(next, rows.end(windows - 1)) : next);
        steps.add(
            List.of(
                sides.acrossWindows(bottom - top, reach - bottom),
                sides.down(rows.windows(window, windows), sides.out, top, first),
                sides.down(rows.holders(row, next), sides.out, first, top),
                sides.acrossHolders(row - top, next - row)));
        bottom = reach;
        window = windows;
      }
      int plane = Math.max(bottom - top, window - first) * sides.out;
      bands.add(new Band(top * sides.in, first * sides.out, plane, steps));
    }
    return new PoolPlan(g.batch(), g.inHeight() * sides.in, g.outHeight() * sides.out, bands);
  }

  private static int rows(int floats, int row) {
    return Math.max(1, floats / Math.max(1, row));
  }

  /** Makes passes; {@code in} and {@code out} are floats of a row of pixels and of windows. */
  private record Sides(
      PoolAxis columns, int channels, int in, int out, List<PoolLoops> widths) {
    Sides(Pool2dGeometry g, List<PoolLoops> widths) {
      this(
          PoolAxis.ofColumns(g),
          g.channels(),
          g.inWidth() * g.channels(),
          g.outWidth() * g.channels(),
          widths);
    }

    PoolPass acrossWindows(int row, int rows) {
      return PoolPass.across(
          widths, columns.windows(0, columns.out()), channels, row, rows, in, out);
    }

    PoolPass acrossHolders(int row, int rows) {
      return PoolPass.across(widths, columns.holders(0, columns.in()), channels, row, rows, out, in);
    }

    PoolPass down(List<PoolAxis.Span> spans, int row, int source, int target) {
      return PoolPass.down(widths, spans, row, source, target);
    }
  }
}
