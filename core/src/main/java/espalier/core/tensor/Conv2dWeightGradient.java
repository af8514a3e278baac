package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/**
 * Gradient of {@link Conv2d} with respect to its weights [kernelHeight, kernelWidth, C / groups,
 * K], from x [N, H, W, C] and dy [N, H', W', K].
 */
public record Conv2dWeightGradient(Window2d window, int groups, int kernelHeight, int kernelWidth)
    implements Op {
  @Override
  public String name() {
    return "conv2d_weight_gradient";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape dy = inputs.get(1);
    if (x.rank() != 4 || dy.rank() != 4) {
      throw new IllegalArgumentException(
          "%s: input %s and output gradient %s, expected [N, H, W, C] and [N, H, W, K]"
              .formatted(name(), x, dy));
    }
    if (x.get(3) % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %d input channels cannot be divided into %d groups (input %s)"
              .formatted(name(), x.get(3), groups, x));
    }
    Shape w = Shape.of(kernelHeight, kernelWidth, x.get(3) / groups, dy.get(3));
    Shape expected = Conv2d.output(name(), window, groups, x, w);
    if (!expected.equals(dy)) {
      throw new IllegalArgumentException(
          "%s: output gradient is %s, expected %s for input %s and weights %s"
              .formatted(name(), dy, expected, x, w));
    }
    return List.of(w);
  }

  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor x = pass.input(0);
    Tensor dy = pass.input(1);
    pass.add(
        0,
        () ->
            g.graph()
                .applyOne(
                    new Conv2dInputGradient(window, groups, x.shape().get(1), x.shape().get(2)),
                    dy,
                    g));
    pass.add(1, () -> x.conv2d(g, window, groups));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.Conv2dWeightGradient(
            Conv2d.geometry(name(), window, groups, to.inputShape(0), to.outputShape(0)),
            to.input(0),
            to.input(1),
            to.output(0)));
  }
}
