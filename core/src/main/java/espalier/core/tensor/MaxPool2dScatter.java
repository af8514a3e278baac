package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;
import java.util.OptionalInt;

/**
 * Adds each window's element of dy where {@link MaxPool2d} of x found its element; the gradient of
 * the pool.
 */
public record MaxPool2dScatter(PoolWindow window) implements Op {
  @Override
  public String name() {
    return "max_pool2d_scatter";
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(2);
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    window.check(name(), inputs.get(0), inputs.get(1));
    return List.of(inputs.getFirst());
  }

  @Override
  public void backward(Backward pass) {
    pass.add(
        1,
        () ->
            pass.gradient()
                .graph()
                .applyOne(new MaxPool2dGather(window), pass.input(0), pass.gradient()));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.MaxPoolScatter(
            window.geometry(name(), to.inputShape(0)), to.input(0), to.input(1), to.output(0)));
  }
}
