package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;
import java.util.OptionalInt;

/** A tensor filled with one number. */
public record Constant(double value, Shape shape) implements Op {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(0);
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(shape);
  }

  @Override
  public void backward(Backward pass) {
    // A leaf has no inputs to pass a gradient on to.
  }

  @Override
  public void lower(Lowering to) {
    to.emit(new Call.Fill(value, to.output(0)));
  }
}
