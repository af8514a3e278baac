package espalier.core.nn;

import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A pointwise convolution to more channels, a depthwise one over them and a pointwise one back to
 * few, each normalised, the first two activated; with a shortcut where input and output have one
 * shape [Sandler et al. 2018; with squeeze-excite, Tan et al. 2019].
 *
 * @param channels of the output
 * @param expansion how many times the input's channels the depthwise convolution has; at 1 nothing
 *     expands
 * @param squeeze the input's channels over the hidden units of a squeeze-excite after the depthwise
 *     convolution, if there is one
 */
public record InvertedResidual(
    int channels, int kernel, int stride, int expansion, OptionalInt squeeze, Activation activation)
    implements Layer {

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    Tensor y = residual(scope, x);
    return y.shape().equals(x.shape()) ? y.add(x) : y;
  }

  /** All but the shortcut. */
  public Tensor residual(Scope scope, Tensor x) {
    int input = x.shape().get(3);
    int inner = expansion * input;
    List<Layer> layers = new ArrayList<>();
    if (expansion > 1) {
      layers.add(new ConvNorm(Conv.same(inner, 1, 1), BatchNorm.standard()));
      layers.add(activation);
    }
    layers.add(new ConvNorm(Conv.depthwise(inner, kernel, stride, 1), BatchNorm.standard()));
    layers.add(activation);
    squeeze.ifPresent(
        ratio -> layers.add(new SqueezeExcite(Math.max(1, input / ratio), activation)));
    layers.add(new ConvNorm(Conv.same(channels, 1, 1), BatchNorm.standard()));
    return new Sequence(layers).apply(scope, x);
  }
}
