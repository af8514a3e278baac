package espalier.core.nn;

import espalier.core.tensor.Tensor;

/**
 * A convolution and the batch normalisation that follows it, in the scopes {@code conv} and {@code
 * norm}. In inference the normalisation is folded into the weights: scaling an output channel is
 * scaling its weights.
 */
public record ConvNorm(Conv conv, BatchNorm norm) implements Layer {
  public ConvNorm {
    if (conv.bias()) {
      throw new IllegalArgumentException(
          "conv-norm: the convolution has a bias, which the normalisation would take away again");
    }
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    Scope convScope = scope.child("conv");
    Scope normScope = scope.child("norm");
    if (scope.isTraining()) {
      return norm.apply(normScope, conv.apply(convScope, x));
    }
    BatchNorm.Affine map = norm.inference(normScope, conv.channels());
    Tensor weight = conv.weight(convScope, x).mul(map.scale());
    return conv.convolve(x, weight).add(map.shift());
  }
}
