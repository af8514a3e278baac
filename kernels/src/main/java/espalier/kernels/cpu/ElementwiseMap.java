package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/**
 * {@link Call.Map}: parts of the points go to the workers, chunk by chunk through the expression.
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
    ExprPlan plan =
        frame.prepared(
            ExprPlan.class,
            () -> new ExprPlan(call.shape(), call.expr(), call.inputs(), call.outputs(), frame));
    Workers workers = frame.workers();
    workers.each(
        (points + PART - 1) / PART,
        part -> {
          int from = part * PART;
          int to = Math.min(points, from + PART);
          ExprRun run = new ExprRun(plan, loops, workers.packing(plan.fileSize()), 0);
          for (int p = from; p < to; p += plan.chunk()) {
            int n = Math.min(plan.chunk(), to - p);
            run.evaluate(p, n);
            store(call, frame, run, p, n);
          }
        });
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
}
