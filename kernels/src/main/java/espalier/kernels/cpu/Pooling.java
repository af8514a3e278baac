package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.List;

/** Pooling of images and its gradients: one axis at a time, through planes of a thread's own. */
final class Pooling {
  /*
   * The largest of a window is the largest of its rows' largest, and the first of equals is in the
   * first row that has one. So a gradient goes the same way back: down to the row that was largest,
   * then across to the pixel that was. A mean of a window is the mean of its rows' means.
   */
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
    PoolPlan plan =
        frame.prepared(PoolPlan.class, () -> PoolPlan.windows(call.geometry(), widths));
    plan.run(
        frame.workers(),
        1,
        (passes, source, target, room, between) -> {
          int from = x0 + source;
          int to = y0 + target;
          int best = Block.LEAD;
          passes.get(0).run((loops, taps, run, s, t) ->
              loops.largest(taps, run, x, from + s, room, best + t));
          passes.get(1).run((loops, taps, run, s, t) ->
              loops.largest(taps, run, room, best + s, y, to + t));
        });
  }

  void gather(Call.MaxPoolGather call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] v = frame.array(call.v());
    int v0 = frame.at(call.v());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    PoolPlan plan =
        frame.prepared(PoolPlan.class, () -> PoolPlan.windows(call.geometry(), widths));
    plan.run(
        frame.workers(),
        3,
        (passes, source, target, room, between) -> {
          int from = x0 + source;
          int picks = v0 + source;
          int to = y0 + target;
          int best = Block.LEAD;
          int picked = best + between;
          int unread = picked + between;
          passes.get(0).run((loops, taps, run, s, t) ->
              loops.pick(taps, run, x, from + s, v, picks + s, room, best + t, room, picked + t));
          passes.get(1).run((loops, taps, run, s, t) ->
              loops.pick(taps, run, room, best + s, room, picked + s, room, unread + t, y, to + t));
        });
  }

  void scatter(Call.MaxPoolScatter call, Frame frame) {
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    float[] dy = frame.array(call.dy());
    int dy0 = frame.at(call.dy());
    float[] dx = frame.array(call.dx());
    int dx0 = frame.at(call.dx());
    PoolPlan plan =
        frame.prepared(PoolPlan.class, () -> PoolPlan.thereAndBack(call.geometry(), widths));
    plan.run(
        frame.workers(),
        4,
        (passes, source, target, room, between) -> {
          int from = x0 + source;
          int given = dy0 + target;
          int to = dx0 + source;
          int best = Block.LEAD;
          int column = best + between;
          int row = column + between;
          int sum = row + between;
          passes.get(0).run((loops, taps, run, s, t) ->
              loops.locate(taps, run, x, from + s, room, best + t, room, column + t));
          passes.get(1).run((loops, taps, run, s, t) ->
              loops.locate(taps, run, room, best + s, room, sum + t, room, row + t));
          passes.get(2).run((loops, taps, run, s, t) ->
              loops.sumWhere(taps, run, room, row + s, dy, given + s, room, sum + t));
          passes.get(3).run((loops, taps, run, s, t) ->
              loops.sumWhere(taps, run, room, column + s, room, sum + s, dx, to + t));
        });
  }

  void average(Call.AveragePool call, Frame frame) {
    PoolPlan plan =
        frame.prepared(PoolPlan.class, () -> PoolPlan.windows(call.geometry(), widths));
    weigh(plan, frame, frame.array(call.x()), frame.at(call.x()), frame.array(call.y()), frame.at(call.y()));
  }

  void averageGradient(Call.AveragePoolGradient call, Frame frame) {
    PoolPlan plan =
        frame.prepared(PoolPlan.class, () -> PoolPlan.holders(call.geometry(), widths));
    weigh(plan, frame, frame.array(call.dy()), frame.at(call.dy()), frame.array(call.dx()), frame.at(call.dx()));
  }

  private static void weigh(PoolPlan plan, Frame frame, float[] x, int x0, float[] y, int y0) {
    plan.run(
        frame.workers(),
        1,
        (passes, source, target, room, between) -> {
          int from = x0 + source;
          int to = y0 + target;
          int sum = Block.LEAD;
          passes.get(0).run((loops, taps, run, s, t) ->
              loops.weigh(taps, run, x, from + s, room, sum + t));
          passes.get(1).run((loops, taps, run, s, t) ->
              loops.weigh(taps, run, room, sum + s, y, to + t));
        });
  }
}
