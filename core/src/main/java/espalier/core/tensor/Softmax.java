package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Softmax along the last axis, or its logarithm. */
public record Softmax(boolean logarithm) implements Op {
  @Override
  public String name() {
    return logarithm ? "log_softmax" : "softmax";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    if (inputs.getFirst().rank() < 1) {
      throw new IllegalArgumentException(
          name() + ": input is a scalar, expected at least one axis");
    }
    return List.of(inputs.getFirst());
  }

  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor y = pass.output(0);
    int last = y.shape().rank() - 1;
    pass.add(
        0,
        () ->
            logarithm
                ? g.sub(y.exp().mul(g.sum(last, last + 1)))
                : y.mul(g.sub(g.mul(y).sum(last, last + 1))));
  }

  @Override
  public void lower(Lowering to) {
    int columns = to.inputShape(0).get(-1);
    to.emit(
        new Call.Softmax(
            to.inputShape(0).size() / columns, columns, logarithm, to.input(0), to.output(0)));
  }
}
