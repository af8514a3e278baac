package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import java.util.List;

/** Sum or maximum over axes {@code from … to − 1}, which keep extent 1. */
public record Reduce(Call.Reduce.Kind kind, int from, int to) implements Op {
  @Override
  public String name() {
    return "reduce_" + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape shape = inputs.getFirst();
    if (from < 0 || to > shape.rank() || from >= to) {
      throw new IllegalArgumentException(
          "%s: axes %d to %d of %s, expected a non-empty range within it"
              .formatted(name(), from, to - 1, shape));
    }
    for (int a = from; a < to; a++) {
      shape = shape.with(a, 1);
    }
    return List.of(shape);
  }

  @Override
  public void backward(Backward pass) {
    Tensor x = pass.input(0);
    switch (kind) {
      case SUM -> pass.add(0, () -> pass.gradient().broadcast(x.shape()));
      case MAX ->
          pass.add(
              0,
              () -> {
                Tensor largest = x.greaterEqual(pass.output(0));
                Tensor share = pass.gradient().div(largest.sum(from, to));
                return largest.mul(share);
              });
    }
  }

  @Override
  public void lower(Lowering to) {
    Shape shape = to.inputShape(0);
    to.emit(
        new Call.Reduce(
            kind,
            shape.dims(),
            from,
            this.to,
            Expr.identity(),
            List.of(new Operand(to.input(0), shape.strides())),
            List.of(to.output(0))));
  }
}
