package espalier.core.tensor;

import java.util.List;

/** The same tensor, through which no gradient flows. */
public record StopGradient() implements Op {
  @Override
  public String name() {
    return "stop_gradient";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(inputs.getFirst());
  }

  @Override
  public void backward(Backward pass) {
    // Passing nothing on is its purpose.
  }

  @Override
  public void lower(Lowering to) {
    // The planner lets input and output share one buffer.
  }
}
