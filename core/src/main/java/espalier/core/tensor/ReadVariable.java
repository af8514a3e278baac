package espalier.core.tensor;

import java.util.List;
import java.util.OptionalInt;

/** The value of a session's variable when the run starts. */
public record ReadVariable(String variable, Shape shape) implements Op {
  @Override
  public String name() {
    return "variable";
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
    // The planner gives a leaf its buffer; nothing is computed.
  }
}
