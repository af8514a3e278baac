package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Largest element of each window of x [N, H, W, C]; ties go to the first in row-major order. */
public record MaxPool2d(PoolWindow window) implements Op {
  @Override
  public String name() {
    return "max_pool2d";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(window.infer(name(), inputs.getFirst()));
  }

  @Override
  public void backward(Backward pass) {
    pass.add(
        0,
        () ->
            pass.gradient()
                .graph()
                .applyOne(new MaxPool2dScatter(window), pass.input(0), pass.gradient()));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(new Call.MaxPool(window.geometry(name(), to.inputShape(0)), to.input(0), to.output(0)));
  }
}
