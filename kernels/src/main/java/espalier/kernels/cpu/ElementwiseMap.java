package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.Optional;

/**
 * {@link Call.Map}: parts of the points go to the workers; each is evaluated by compiled loops
 * where they are ready, else chunk by chunk through the expression.
 */
final class ElementwiseMap {
  /** Points of a part. */
  private static final int PART = 1 << 15;

  private final ElementLoops loops;

  ElementwiseMap(ElementLoops loops) {
    this.loops = loops;
  }

  void run(Call.Map call, Frame frame) {
    int points = call.shape().product();
    Plan plan = plan(call, frame);
    frame
        .workers()
        .each(
            (points + PART - 1) / PART,
            part -> range(plan, part * PART, Math.min(points, (part + 1) * PART)));
  }

  /** Evaluates points {@code from … to − 1} on the calling thread. */
  void range(Call.Map call, Frame frame, int from, int to) {
    range(plan(call, frame), from, to);
  }

  private Plan plan(Call.Map call, Frame frame) {
    return frame.prepared(Plan.class, () -> new Plan(call, loops.compiled(), frame));
  }

  private void range(Plan plan, int from, int to) {
    int next = from;
    if (plan.loops.isPresent() && plan.loops.get().ready(to - from)) {
      MapLoops compiled = plan.loops.get();
      next = compiled.run(plan.frame.workers().packing(compiled.fileSize()), from, to);
    }
    if (next < to) {
      interpret(plan, next, to);
    }
  }

  private void interpret(Plan plan, int from, int to) {
    ExprPlan steps = plan.steps;
    ExprRun run = new ExprRun(steps, loops, plan.frame.workers().packing(steps.fileSize()), 0);
    for (int p = from; p < to; p += steps.chunk()) {
      int n = Math.min(steps.chunk(), to - p);
      run.evaluate(p, n);
      store(plan.call, plan.frame, run, p, n);
    }
  }

  /** Copies the results that were not computed in place. */
  @SuppressWarnings("ReferenceEquality") // Whether two names mean the same array is the question.
  private static void store(Call.Map call, Frame frame, ExprRun run, int p, int n) {
    for (int r = 0; r < call.outputs().size(); r++) {
      float[] y = frame.array(call.outputs().get(r));
      int y0 = frame.at(call.outputs().get(r)) + p;
      if (run.array(r) != y || run.at(r) != y0) {
        System.arraycopy(run.array(r), run.at(r), y, y0, n);
      }
    }
  }

  /** How a call is evaluated, by both ways. */
  private static final class Plan {
    private final Call.Map call;
    private final Frame frame;
    private final ExprPlan steps;
    private final Optional<MapLoops> loops;

    Plan(Call.Map call, LoopSource source, Frame frame) {
      this.call = call;
      this.frame = frame;
      steps = new ExprPlan(call.shape(), call.expr(), call.inputs(), call.outputs(), frame);
      loops =
          source.suits(call.shape().product())
              ? Optional.of(new MapLoops(source, call, frame))
              : Optional.empty();
    }
  }
}
