package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/**
 * Gradient of {@link Conv2d} with respect to its input [N, height, width, C], from dy [N, H', W',
 * K] and the weights; the transposed convolution.
 */
public record Conv2dInputGradient(Window2d window, int groups, int height, int width)
    implements Op {
  @Override
  public String name() {
    return "conv2d_input_gradient";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape dy = inputs.get(0);
    Shape w = inputs.get(1);
    if (dy.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException(
          "%s: output gradient %s and weights %s, expected [N, H, W, K] and [kh, kw, C / groups, K]"
              .formatted(name(), dy, w));
    }
    Shape x = Shape.of(dy.get(0), height, width, w.get(2) * groups);
    Shape expected = Conv2d.output(name(), window, groups, x, w);
    if (!expected.equals(dy)) {
      throw new IllegalArgumentException(
          "%s: output gradient is %s, expected %s for input %s and weights %s"
              .formatted(name(), dy, expected, x, w));
    }
    return List.of(x);
  }

  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor dy = pass.input(0);
    Tensor w = pass.input(1);
    pass.add(0, () -> g.conv2d(w, window, groups));
    pass.add(
        1,
        () ->
            g.graph()
                .applyOne(
                    new Conv2dWeightGradient(window, groups, w.shape().get(0), w.shape().get(1)),
                    g,
                    dy));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.Conv2dInputGradient(
            Conv2d.geometry(name(), window, groups, to.outputShape(0), to.inputShape(1)),
            to.input(0),
            to.input(1),
            to.output(0)));
  }
}
