package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;

/**
 * Rectifier, depthwise convolution, pointwise convolution, batch normalisation; the padding keeps
 * the extent. Once with dilation 2 this is the dilated convolution of DARTS, twice with dilation 1
 * its separable one.
 */
record SeparableConv(int channels, int kernel, int stride, int dilation, BatchNorm norm)
    implements Layer {

  /** The separable convolution of DARTS: the stride and the input's channels, then the output's. */
  static Layer twice(int kernel, Site site) {
    return (scope, x) -> {
      int inputChannels = x.shape().get(3);
      Layer first = new SeparableConv(inputChannels, kernel, site.stride(), 1, site.norm());
      Layer second = new SeparableConv(site.channels(), kernel, 1, 1, site.norm());
      return Layer.sequence(first, second).apply(scope, x);
    };
  }

  /** The dilated convolution of DARTS. */
  static Layer dilated(int kernel, Site site) {
    return new SeparableConv(site.channels(), kernel, site.stride(), 2, site.norm());
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    Conv depthwise = Conv.depthwise(x.shape().get(3), kernel, stride, dilation);
    Tensor filtered = depthwise.apply(scope.child("depthwise"), x.relu());
    return new ConvNorm(Conv.same(channels, 1, 1), norm).apply(scope.child("pointwise"), filtered);
  }
}
