package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import java.util.List;

/**
 * Uniform numbers in [0, 1) from a counter-based generator keyed by (seed, step): the input is a
 * key of four integers, the {@code stream} tells one use from another.
 */
public record Uniform(int stream, Shape shape) implements Op {
  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public DType inputType(int i) {
    return DType.I32;
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    if (!inputs.getFirst().equals(Shape.of(4))) {
      throw new IllegalArgumentException(
          "uniform: the key is %s, expected [4]: seed and step, low half first"
              .formatted(inputs.getFirst()));
    }
    return List.of(shape);
  }

  @Override
  public void backward(Backward pass) {
    // Random numbers depend on nothing that has a gradient.
  }

  @Override
  public void lower(Lowering to) {
    to.emit(new Call.Uniform(stream, shape.size(), to.input(0), to.output(0)));
  }
}
