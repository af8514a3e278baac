package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Gradient of {@link AveragePool2d} with respect to its input [N, height, width, C]. */
public record AveragePool2dGradient(PoolWindow window, int height, int width) implements Op {
  @Override
  public String name() {
    return "average_pool2d_gradient";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape dy = inputs.getFirst();
    if (dy.rank() != 4) {
      throw new IllegalArgumentException(
          "%s: output gradient is %s, expected [N, H, W, C]".formatted(name(), dy));
    }
    Shape x = Shape.of(dy.get(0), height, width, dy.get(3));
    window.check(name(), x, dy);
    return List.of(x);
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().averagePool2d(window));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.AveragePoolGradient(
            window.geometry(name(), to.outputShape(0)), to.input(0), to.output(0)));
  }
}
