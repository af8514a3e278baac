package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Patch;
import espalier.kernels.cpu.PoolLoops.Window;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The patches of a pooling, worked out once for each call of a program.
 *
 * @param sources floats of an image where windows are read
 * @param targets floats of an image that is written
 * @param bands bands of rows of an image, which threads share out
 */
record PoolPlan(int images, int sources, int targets, List<Band> bands) {
  /** Floats of a band's rows: few enough to stay in the second cache, with what they come from. */
  private static final int BAND = 1 << 14;

  /**
   * Rows of an image that are written, and those they are computed from.
   *
   * @param source where these start in an image
   * @param target where those start in an image
   * @param floats of the rows that are written
   */
  record Band(int source, int target, int floats, List<Strip> strips) {

    /** Computes every patch. */
    void run(Loop loop) {
      for (Strip strip : strips) {
        loop.run(strip.loops, strip.window, strip.patch, strip.source, strip.target);
      }
    }
  }

  /** A patch, the loops that suit its length, and where it is from the start of the band's rows. */
  record Strip(PoolLoops loops, Window window, Patch patch, int source, int target) {}

  /** Computes one patch. */
  @FunctionalInterface
  interface Loop {
    /** Computes the patch that is {@code source} floats behind where its band is read. */
    void run(PoolLoops loops, Window window, Patch patch, int source, int target);
  }

  /** Computes one band of one image. */
  @FunctionalInterface
  interface Kernel {
    /** Computes the band that starts at {@code source} and at {@code target} of all images. */
    void run(Band band, int source, int target);
  }

  /** Computes the bands of all images. */
  void run(Workers workers, Kernel kernel) {
    workers.each(
        images * bands.size(),
        part -> {
          Band band = bands.get(part % bands.size());
          int image = part / bands.size();
          kernel.run(band, image * sources + band.source, image * targets + band.target);
        });
  }

  /** Each window over its pixels. */
  static PoolPlan windows(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    int each = rows(g.outWidth() * g.channels());
    List<Band> bands = new ArrayList<>();
    for (int from = 0; from < g.outHeight(); from += each) {
      bands.add(sides.windows(from, Math.min(g.outHeight(), from + each)));
    }
    return new PoolPlan(
        g.batch(),
        g.inputElements() / Math.max(1, g.batch()),
        g.outputElements() / Math.max(1, g.batch()),
        bands);
  }

  /** Each pixel over the windows that hold it. */
  static PoolPlan holders(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    int each = rows(g.inWidth() * g.channels());
    List<Band> bands = new ArrayList<>();
    for (int from = 0; from < g.inHeight(); from += each) {
      bands.add(sides.holders(from, Math.min(g.inHeight(), from + each)));
    }
    return new PoolPlan(
        g.batch(),
        g.outputElements() / Math.max(1, g.batch()),
        g.inputElements() / Math.max(1, g.batch()),
        bands);
  }

  /** For each band of {@link #holders}, the windows it reads, over their pixels. */
  static List<Band> held(Pool2dGeometry g, List<PoolLoops> widths) {
    Sides sides = new Sides(g, widths);
    int each = rows(g.inWidth() * g.channels());
    List<Band> bands = new ArrayList<>();
    for (int from = 0; from < g.inHeight(); from += each) {
      int last = Math.min(g.inHeight(), from + each) - 1;
      bands.add(sides.windows(sides.rows.firstHolding(from), sides.rows.endHolding(last)));
    }
    return bands;
  }

  private static int rows(int floats) {
    return Math.max(1, BAND / Math.max(1, floats));
  }

  /** Both sides of a pooling. */
  private record Sides(
      PoolAxis rows, PoolAxis columns, int channels, int kernelWidth, List<PoolLoops> widths) {
    Sides(Pool2dGeometry g, List<PoolLoops> widths) {
      this(PoolAxis.ofRows(g), PoolAxis.ofColumns(g), g.channels(), g.kernelWidth(), widths);
    }

    Band windows(int from, int to) {
      int in = columns.in() * channels;
      int out = columns.out() * channels;
      int top = from < to ? rows.begin(from) : 0;
      return new Band(
          top * in,
          from * out,
          (to - from) * out,
          strips(rows.windows(from, to), columns.windows(0, columns.out()), top, from, in, out));
    }

    Band holders(int from, int to) {
      int in = columns.in() * channels;
      int out = columns.out() * channels;
      int first = rows.firstHolding(from);
      return new Band(
          first * out,
          from * in,
          (to - from) * in,
          strips(rows.holders(from, to), columns.holders(0, columns.in()), first, from, out, in));
    }

    private List<Strip> strips(
        List<PoolAxis.Span> down,
        List<PoolAxis.Span> across,
        int source,
        int target,
        int sourcePitch,
        int targetPitch) {
      List<Strip> strips = new ArrayList<>();
      List<PoolAxis.Span> longestFirst =
          across.stream().sorted(Comparator.comparingInt(span -> -span.count())).toList();
      for (PoolAxis.Span row : down) {
        for (PoolAxis.Span column : longestFirst) {
          Window window =
              new Window(
                  sourcePitch,
                  channels,
                  row.weights(),
                  column.weights(),
                  row.number() * kernelWidth + column.number(),
                  row.numberStep() * kernelWidth,
                  column.numberStep());
          int from = (row.source() - source) * sourcePitch + column.source() * channels;
          int to = (row.target() - target) * targetPitch + column.target() * channels;
          boolean joined = column.sourceStep() == 1 && column.targetStep() == 1;
          Patch patch =
              new Patch(
                  row.count(),
                  row.sourceStep() * sourcePitch,
                  row.targetStep() * targetPitch,
                  joined ? 1 : column.count(),
                  column.sourceStep() * channels,
                  column.targetStep() * channels,
                  joined ? column.count() * channels : channels);
          add(strips, window, patch, from, to);
        }
      }
      return List.copyOf(strips);
    }

    /** Adds a patch; what does not fill its last vector reaches back over floats already done. */
    private void add(List<Strip> strips, Window window, Patch patch, int from, int to) {
      int length = patch.length();
      if (length > 0) {
        PoolLoops loops =
            widths.stream().filter(w -> w.lanes() <= length).findFirst().orElseThrow();
        int over = length % loops.lanes();
        strips.add(new Strip(loops, window, ofLength(patch, length - over), from, to));
        if (over > 0) {
          int back = length - loops.lanes();
          Patch end = ofLength(patch, loops.lanes());
          strips.add(new Strip(loops, window, end, from + back, to + back));
        }
      }
    }

    private static Patch ofLength(Patch p, int length) {
      return new Patch(
          p.rows(),
          p.sourceRow(),
          p.targetRow(),
          p.pieces(),
          p.sourceStep(),
          p.targetStep(),
          length);
    }
  }
}
