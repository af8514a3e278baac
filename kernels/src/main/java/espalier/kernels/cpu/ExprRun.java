package espalier.kernels.cpu;

import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import java.util.Arrays;
import java.util.List;

/** Evaluates a planned expression chunk by chunk on one thread. */
final class ExprRun {
  private final ExprPlan plan;
  private final ElementLoops loops;
  private final Expr expr;
  private final List<ExprCode.Op> code;
  private final float[] file;
  private final float[][] arrays;
  private final int[] start;
  private final int[] at;

  /**
   * Fills the rows that all chunks share.
   *
   * @param file the register file, {@link ExprPlan#fileSize} floats or more from {@code file0} on
   */
  ExprRun(ExprPlan plan, ElementLoops loops, float[] file, int file0) {
    this.plan = plan;
    this.loops = loops;
    this.expr = plan.expr();
    this.code = plan.code();
    this.file = file;
    this.arrays = new float[expr.values()][];
    this.at = new int[expr.values()];
    this.start = new int[expr.values()];
    for (int v = 0; v < arrays.length; v++) {
      boolean moving = plan.place(v) == ExprPlan.Place.MOVING;
      arrays[v] = moving ? plan.home(v).array() : file;
      start[v] = moving ? plan.home(v).at() : file0 + plan.start(v);
      at[v] = start[v];
      switch (plan.place(v)) {
        case CONSTANT -> Arrays.fill(file, at[v], at[v] + plan.chunk(), constant(v));
        case PERIODIC -> {
          int period = plan.access(v).period();
          System.arraycopy(plan.input(v).array(), plan.input(v).at(), file, at[v], period);
          Rows.repeat(file, at[v], period, period + plan.chunk());
        }
        case MOVING, GATHERED, COMPUTED, NONE -> {}
      }
    }
  }

  private float constant(int v) {
    return v < expr.inputs()
        ? plan.input(v).array()[plan.input(v).at()]
        : (float) expr.steps().get(v - expr.inputs()).constant();
  }

  /** Evaluates points {@code p … p + n − 1}, a chunk at most. */
  void evaluate(int p, int n) {
    for (int v = 0; v < arrays.length; v++) {
      switch (plan.place(v)) {
        case MOVING -> at[v] = start[v] + p;
        case PERIODIC -> at[v] = start[v] + p % plan.access(v).period();
        case GATHERED ->
            plan.access(v).gather(plan.input(v).array(), plan.input(v).at(), p, n, file, at[v]);
        case CONSTANT, COMPUTED, NONE -> {}
      }
    }
    for (int s = 0; s < code.size(); s++) {
      run(code.get(s), n);
    }
  }

  private void run(ExprCode.Op op, int n) {
    float[] y = arrays[op.value()];
    int y0 = at[op.value()];
    switch (op) {
      case ExprCode.Constant(float number, int value) -> {
        if (plan.place(value) == ExprPlan.Place.MOVING) {
          Arrays.fill(y, y0, y0 + n, number);
        }
      }
      case ExprCode.Unary(Fn fn, int a, int value) -> loops.unary(fn, n, arrays[a], at[a], y, y0);
      case ExprCode.Binary(Fn fn, int a, int b, int value) ->
          loops.binary(fn, n, arrays[a], at[a], arrays[b], at[b], y, y0);
      case ExprCode.MultiplyAdd(int a, int b, int c, int value) ->
          loops.multiplyAdd(n, arrays[a], at[a], arrays[b], at[b], arrays[c], at[c], y, y0);
    }
  }

  /** The array that holds result {@code r} of the chunk. */
  float[] array(int r) {
    return arrays[expr.results().get(r)];
  }

  /** Where in its array result {@code r} of the chunk starts. */
  int at(int r) {
    return at[expr.results().get(r)];
  }
}
