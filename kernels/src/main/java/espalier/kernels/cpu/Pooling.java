package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import java.util.List;

/** Pooling of images and its gradients, patch by patch. */
final class Pooling {
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
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    windows(call.geometry(), frame)
        .run(
            frame.workers(),
            (band, source, target) ->
                band.run((loops, window, patch, from, to) ->
                    loops.largest(window, patch, x, x0 + source + from, y, y0 + target + to)));
  }

  void gather(Call.MaxPoolGather call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] v = frame.array(call.v());
    int v0 = frame.at(call.v());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    windows(call.geometry(), frame)
        .run(
            frame.workers(),
            (band, source, target) ->
                band.run((loops, window, patch, from, to) -> {
                  int at = source + from;
                  loops.pick(window, patch, x, x0 + at, v, v0 + at, y, y0 + target + to);
                }));
  }

  void average(Call.AveragePool call, Frame frame) {
    float[] x = frame.array(call.x());
    float[] y = frame.array(call.y());
    weigh(windows(call.geometry(), frame), frame, x, frame.at(call.x()), y, frame.at(call.y()));
  }

  void averageGradient(Call.AveragePoolGradient call, Frame frame) {
    PoolPlan plan = frame.prepared(PoolPlan.class, () -> PoolPlan.holders(call.geometry(), widths));
    float[] dy = frame.array(call.dy());
    float[] dx = frame.array(call.dx());
    weigh(plan, frame, dy, frame.at(call.dy()), dx, frame.at(call.dx()));
  }

  private PoolPlan windows(Pool2dGeometry g, Frame frame) {
    return frame.prepared(PoolPlan.class, () -> PoolPlan.windows(g, widths));
  }

  private static void weigh(PoolPlan plan, Frame frame, float[] x, int x0, float[] y, int y0) {
    plan.run(
        frame.workers(),
        (band, source, target) ->
            band.run((loops, window, patch, from, to) ->
                loops.weigh(window, patch, x, x0 + source + from, y, y0 + target + to)));
  }

  /** The numbers of the winning taps of a band's windows go to memory of the thread's own. */
  void scatter(Call.MaxPoolScatter call, Frame frame) {
    Pool2dGeometry g = call.geometry();
    ThereAndBack plan =
        frame.prepared(
            ThereAndBack.class,
            () -> new ThereAndBack(PoolPlan.held(g, widths), PoolPlan.holders(g, widths)));
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    PoolPlan back = plan.back;
    int bands = back.bands().size();
    frame
        .workers()
        .each(
            back.images() * bands,
            part -> {
              int image = part / bands;
              PoolPlan.Band there = plan.there.get(part % bands);
              PoolPlan.Band band = back.bands().get(part % bands);
              float[] numbers = frame.workers().packing(Block.LEAD + there.floats());
              int pixels = x0 + image * back.targets() + there.source();
              there.run((loops, window, patch, from, to) ->
                  loops.locate(window, patch, x, pixels + from, numbers, Block.LEAD + to));
              int given = dy0 + image * back.sources() + band.source();
              int target = dx0 + image * back.targets() + band.target();
              band.run((loops, window, patch, from, to) ->
                  loops.sumWhere(
                      window,
                      patch,
                      numbers,
                      Block.LEAD + from,
                      dy,
                      given + from,
                      dx,
                      target + to));
            });
  }

  /** The windows that each band of pixels reads, and the pixels. */
  private record ThereAndBack(List<PoolPlan.Band> there, PoolPlan back) {}
}
