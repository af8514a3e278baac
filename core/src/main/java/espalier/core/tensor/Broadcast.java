package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import java.util.List;

/** Repeats a tensor to a larger shape, axes aligned at the last. */
public record Broadcast(Shape shape) implements Op {
  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    if (!inputs.getFirst().broadcastsTo(shape)) {
      throw new IllegalArgumentException(
          "broadcast: cannot repeat %s to %s".formatted(inputs.getFirst(), shape));
    }
    return List.of(shape);
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().sumTo(pass.input(0).shape()));
  }

  @Override
  public void lower(Lowering to) {
    Operand operand = new Operand(to.input(0), to.inputShape(0).stridesOver(shape));
    to.emit(new Call.Map(shape.dims(), Expr.identity(), List.of(operand), List.of(to.output(0))));
  }
}
