package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Mean and biased variance of each channel of x [..., C]: two outputs [C]. */
public record Moments() implements Op {
  @Override
  public String name() {
    return "moments";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    if (x.rank() < 2) {
      throw new IllegalArgumentException(
          "moments: input is %s, expected at least [N, C]".formatted(x));
    }
    return List.of(Shape.of(x.get(-1)), Shape.of(x.get(-1)));
  }

  @Override
  public void backward(Backward pass) {
    Tensor x = pass.input(0);
    double share = (double) x.shape().get(-1) / x.shape().size();
    pass.gradient(0).ifPresent(g -> pass.add(0, () -> g.mul(share).broadcast(x.shape())));
    pass.gradient(1).ifPresent(g -> pass.add(0, () -> x.sub(pass.output(0)).mul(g.mul(2 * share))));
  }

  @Override
  public void lower(Lowering to) {
    Shape x = to.inputShape(0);
    to.emit(
        new Call.Moments(
            x.get(0),
            x.dims().product(1, x.rank() - 1),
            x.get(-1),
            to.input(0),
            to.output(0),
            to.output(1)));
  }
}
