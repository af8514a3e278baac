package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;

/** Average-pooling and its gradient. */
final class ReferenceAveragePool {
  private ReferenceAveragePool() {}

  static void forward(Call.AveragePool call, Operands operands) {
    Pool2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells y = operands.numbers(call.y(), g.outputElements());
    PoolWindows.forEach(
        g,
        (out, inputs) -> {
          double sum = 0;
          for (int in : inputs) {
            sum += x.get(in);
          }
          y.set(out, sum / inputs.length);
        });
  }

  static void gradient(Call.AveragePoolGradient call, Operands operands) {
    Pool2dGeometry g = call.geometry();
    DoubleCells dy = operands.numbers(call.dy(), g.outputElements());
    DoubleCells dx = operands.numbers(call.dx(), g.inputElements());
    dx.fill(0);
    PoolWindows.forEach(
        g,
        (out, inputs) -> {
          for (int in : inputs) {
            dx.add(in, dy.get(out) / inputs.length);
          }
        });
  }
}
