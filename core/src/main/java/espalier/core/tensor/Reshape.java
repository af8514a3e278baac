package espalier.core.tensor;

import java.util.List;

/** The same elements in row-major order under another shape; costs nothing. */
public record Reshape(Shape shape) implements Op {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    if (inputs.getFirst().size() != shape.size()) {
      throw new IllegalArgumentException(
          "reshape: %s has %d elements, %s has %d"
              .formatted(inputs.getFirst(), inputs.getFirst().size(), shape, shape.size()));
    }
    return List.of(shape);
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().reshape(pass.input(0).shape()));
  }

  @Override
  public void lower(Lowering to) {
    // The planner lets input and output share one buffer.
  }
}
