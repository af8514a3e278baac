package espalier.core.tensor;

import java.util.List;
import java.util.OptionalInt;

/** Values supplied by the caller at each run. */
public record Feed(String feed, Shape shape) implements Op {
  @Override
  public String name() {
    return "feed";
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
