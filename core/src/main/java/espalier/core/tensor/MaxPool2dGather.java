package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;
import java.util.OptionalInt;

/** For each window the element of v where {@link MaxPool2d} of x found its element. */
public record MaxPool2dGather(PoolWindow window) implements Op {
  @Override
  public String name() {
    return "max_pool2d_gather";
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(2);
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          "%s: values are %s, expected %s".formatted(name(), inputs.get(1), inputs.get(0)));
    }
    return List.of(window.infer(name(), inputs.getFirst()));
  }

  @Override
  public void backward(Backward pass) {
    pass.add(
        1,
        () ->
            pass.gradient()
                .graph()
                .applyOne(new MaxPool2dScatter(window), pass.input(0), pass.gradient()));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.MaxPoolGather(
            window.geometry(name(), to.inputShape(0)), to.input(0), to.input(1), to.output(0)));
  }
}
