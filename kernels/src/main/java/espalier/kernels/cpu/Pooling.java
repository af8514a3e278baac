package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Pooling of images and its gradients: across the rows into memory of the thread's own, then down
 * the columns, band by band.
 */
final class Pooling {
  /** Floats of a band's rows between the two passes, which are to stay in a cache. */
  private static final int BETWEEN = Integer.getInteger("pool.between", 1 << 14);

  private final List<PoolLoops> widths;

  /**
   * Pooling by loops on ever fewer lanes.
   *
   * @param widths the last of them on one lane
   */
  Pooling(List<PoolLoops> widths) {
    this.widths = widths;
  }

  void max(Call.MaxPool call, Frame frame) {
    Plan plan = frame.prepared(Plan.class, () -> windows(call.geometry()));
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    plan.run(
        frame.workers(),
        (band, image, room, room0) -> {
          int from = x0 + plan.source(band, image);
          int to = y0 + plan.target(band, image);
          band.across.run((loops, taps, run, s, t) ->
              loops.largest(taps, run, x, from + s, room, room0 + t));
          band.down.run((loops, taps, run, s, t) ->
              loops.largest(taps, run, room, room0 + s, y, to + t));
        });
  }

  void gather(Call.MaxPoolGather call, Frame frame) {
    Plan plan = frame.prepared(Plan.class, () -> windows(call.geometry()));
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] v = frame.array(call.v());
    int v0 = frame.at(call.v());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    plan.run(
        frame.workers(),
        (band, image, room, best) -> {
          int from = plan.source(band, image);
          int to = y0 + plan.target(band, image);
          int picked = best + band.between;
          int unused = picked + band.between;
          band.across.run((loops, taps, run, s, t) ->
              loops.pick(
                  taps, run, x, x0 + from + s, v, v0 + from + s, room, best + t, room, picked + t));
          band.down.run((loops, taps, run, s, t) ->
              loops.pick(
                  taps, run, room, best + s, room, picked + s, room, unused + t, y, to + t));
        });
  }

  void average(Call.AveragePool call, Frame frame) {
    Plan plan = frame.prepared(Plan.class, () -> windows(call.geometry()));
    weigh(plan, frame, frame.array(call.x()), frame.at(call.x()), frame.array(call.y()), frame.at(call.y()));
  }

  void averageGradient(Call.AveragePoolGradient call, Frame frame) {
    Plan plan = frame.prepared(Plan.class, () -> holders(call.geometry()));
    weigh(plan, frame, frame.array(call.dy()), frame.at(call.dy()), frame.array(call.dx()), frame.at(call.dx()));
  }

  private static void weigh(Plan plan, Frame frame, float[] x, int x0, float[] y, int y0) {
    plan.run(
        frame.workers(),
        (band, image, room, room0) -> {
          int from = x0 + plan.source(band, image);
          int to = y0 + plan.target(band, image);
          band.across.run((loops, taps, run, s, t) ->
              loops.weigh(taps, run, x, from + s, room, room0 + t));
          band.down.run((loops, taps, run, s, t) ->
              loops.weigh(taps, run, room, room0 + s, y, to + t));
        });
  }

  void scatter(Call.MaxPoolScatter call, Frame frame) {
    Scatter plan = frame.prepared(Scatter.class, () -> scatterPlan(call.geometry()));
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    Pool2dGeometry g = call.geometry();
    int sources = g.inHeight()*g.inWidth()*g.channels();
    int targets = g.outHeight()*g.outWidth()*g.channels();
    int bands = plan.bands.size();
    frame.workers().each(g.batch()*bands, part -> {
      ScatterBand band = plan.bands.get(part % bands);
      int image = part / bands;
      Band find = band.find;
      float[] room = frame.workers().packing(Block.LEAD + band.room);
      int best = Block.LEAD;
      int column = best + find.between;
      int row = column + find.between;
      int sum = row + find.result;
      int from = x0 + image * sources + find.source;
      find.across.run((loops, taps, run, s, t) ->
          loops.locate(taps, run, x, from + s, room, best + t, room, column + t));
      find.down.run((loops, taps, run, s, t) ->
          loops.locate(taps, run, room, best + s, room, sum + t, room, row + t));
      int given = dy0 + image * targets + find.target;
      band.down.run((loops, taps, run, s, t) ->
          loops.sumWhere(taps, run, room, row + s, dy, given + s, room, sum + t));
      int columns = column + band.skip;
      int to = dx0 + image * sources + band.target;
      band.across.run((loops, taps, run, s, t) ->
          loops.sumWhere(taps, run, room, columns + s, room, sum + s, dx, to + t));
    });
  }

  private record ScatterBand(Band find, PoolPass down, PoolPass across, int skip, int target, int room) {}
  private record Scatter(List<ScatterBand> bands) {}

  private Scatter scatterPlan(Pool2dGeometry g) {
    PoolAxis rows = PoolAxis.ofRows(g);
    PoolAxis columns = PoolAxis.ofColumns(g);
    int c = g.channels();
    int in = g.inWidth()*c, out = g.outWidth()*c;
    List<ScatterBand> bands = new ArrayList<>();
    int each = each(out);
    for (int from = 0; from < g.inHeight(); from += each) {
      int to = Math.min(g.inHeight(), from + each);
      int first = rows.firstHolding(from), end = Math.max(first, rows.endHolding(to - 1));
      int top = first < end ? Math.min(from, rows.begin(first)) : from;
      int bottom = first < end ? Math.max(to, rows.end(end - 1)) : to;
      Band find = band(g, first, end, top, bottom);
      PoolPass down = PoolPass.of(widths, rows.holders(from, to), 1, out, 0, 0, first, from);
      PoolPass across = PoolPass.of(widths, columns.holders(0, g.inWidth()), to - from, c, out, in, 0, 0);
      int skip = (from - top) * out;
      int sum = Math.max(to - from, end - first) * out;
      bands.add(new ScatterBand(find, down, across, skip, from * in, 2*find.between + find.result + sum));
    }
    return new Scatter(bands);
  }

  private static int each(int floats) { return Math.max(1, BETWEEN / Math.max(1, floats)); }

  private Plan windows(Pool2dGeometry g) {
    PoolAxis rows = PoolAxis.ofRows(g);
    List<Band> bands = new ArrayList<>();
    int each = each(g.outWidth()*g.channels());
    for (int from = 0; from < g.outHeight(); from += each) {
      int to = Math.min(g.outHeight(), from + each);
      bands.add(band(g, from, to, rows.begin(from), rows.end(to - 1)));
    }
    return new Plan(g.batch(), g.inHeight()*g.inWidth()*g.channels(), g.outHeight()*g.outWidth()*g.channels(), bands);
  }

  private Band band(Pool2dGeometry g, int from, int to, int top, int bottom) {
    PoolAxis rows = PoolAxis.ofRows(g);
    PoolAxis columns = PoolAxis.ofColumns(g);
    int c = g.channels();
    int in = g.inWidth()*c, out = g.outWidth()*c;
    return new Band(top * in, from * out, (bottom - top) * out, (to - from) * out,
       PoolPass.of(widths, columns.windows(0, g.outWidth()), bottom - top, c, in, out, 0, 0),
       PoolPass.of(widths, rows.windows(from, to), 1, out, 0, 0, top, from));
  }

  private Plan holders(Pool2dGeometry g) {
    PoolAxis rows = PoolAxis.ofRows(g);
    PoolAxis columns = PoolAxis.ofColumns(g);
    int c = g.channels();
    int in = g.inWidth()*c, out = g.outWidth()*c;
    List<Band> bands = new ArrayList<>();
    int each = each(in);
    for (int from = 0; from < g.inHeight(); from += each) {
      int to = Math.min(g.inHeight(), from + each);
      int top = rows.firstHolding(from), bottom = Math.max(top, rows.endHolding(to - 1));
      bands.add(new Band(top * out, from * in, (bottom - top) * in, (to - from) * in,
       PoolPass.of(widths, columns.holders(0, g.inWidth()), bottom - top, c, out, in, 0, 0),
       PoolPass.of(widths, rows.holders(from, to), 1, in, 0, 0, top, from)));
    }
    return new Plan(g.batch(), g.outHeight()*out, g.inHeight()*in, bands);
  }

  private record Band(int source, int target, int between, int result, PoolPass across, PoolPass down) {}

  private record Plan(int images, int sources, int targets, List<Band> bands) {
    int source(Band band, int image) { return image * sources + band.source; }
    int target(Band band, int image) { return image * targets + band.target; }

    void run(Workers workers, BandKernel kernel) {
      workers.each(images * bands.size(), part -> {
        Band band = bands.get(part % bands.size());
        float[] room = workers.packing(Block.LEAD + 2 * band.between + band.result);
        kernel.run(band, part / bands.size(), room, Block.LEAD);
      });
    }
  }

  @FunctionalInterface
  private interface BandKernel {
    void run(Band band, int image, float[] room, int room0);
  }
}
