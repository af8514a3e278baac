package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;

/** Max-pooling, and the two calls that go where it went. */
final class ReferenceMaxPool {
  private ReferenceMaxPool() {}

  static void forward(Call.MaxPool call, Operands operands) {
    Pool2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells y = operands.numbers(call.y(), g.outputElements());
    PoolWindows.forEach(g, (out, inputs) -> y.set(out, x.get(winner(x, inputs))));
  }

  static void scatter(Call.MaxPoolScatter call, Operands operands) {
    Pool2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells dy = operands.numbers(call.dy(), g.outputElements());
    DoubleCells dx = operands.numbers(call.dx(), g.inputElements());
    dx.fill(0);
    PoolWindows.forEach(g, (out, inputs) -> dx.add(winner(x, inputs), dy.get(out)));
  }

  static void gather(Call.MaxPoolGather call, Operands operands) {
    Pool2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells v = operands.numbers(call.v(), g.inputElements());
    DoubleCells y = operands.numbers(call.y(), g.outputElements());
    PoolWindows.forEach(g, (out, inputs) -> y.set(out, v.get(winner(x, inputs))));
  }

  /** The first of the largest, or the first NaN. */
  private static int winner(DoubleCells x, int[] inputs) {
    int best = inputs[0];
    for (int candidate : inputs) {
      double value = x.get(candidate);
      if (!Double.isNaN(x.get(best)) && (value > x.get(best) || Double.isNaN(value))) {
        best = candidate;
      }
    }
    return best;
  }
}
