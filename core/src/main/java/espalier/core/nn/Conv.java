package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;

/**
 * Convolution of [N, H, W, C] to {@code channels} channels: variable {@code weight} [kh, kw, C /
 * groups, channels], and {@code bias} [channels] where wanted.
 */
public record Conv(
    int channels,
    int kernelHeight,
    int kernelWidth,
    Window2d window,
    int groups,
    boolean bias,
    Initializer initializer)
    implements Layer {

  /** A square kernel with the padding that keeps the extent, no bias, He's initialisation. */
  public static Conv same(int channels, int kernel, int stride) {
    return dense(channels, kernel, kernel, Window2d.same(kernel, kernel, stride, 1));
  }

  /** One group, no bias, He's initialisation. */
  public static Conv dense(int channels, int kernelHeight, int kernelWidth, Window2d window) {
    return new Conv(channels, kernelHeight, kernelWidth, window, 1, false, new Initializer.He());
  }

  /** One kernel per channel. */
  public static Conv depthwise(int channels, int kernel, int stride, int dilation) {
    return new Conv(
        channels,
        kernel,
        kernel,
        Window2d.same(kernel, kernel, stride, dilation),
        channels,
        false,
        new Initializer.He());
  }

  /** The same convolution with a bias. */
  public Conv withBias() {
    return new Conv(channels, kernelHeight, kernelWidth, window, groups, true, initializer);
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    Tensor y = convolve(x, weight(scope, x));
    return bias ? y.add(scope.parameter("bias", Shape.of(channels), Initializer.zeros())) : y;
  }

  Tensor weight(Scope scope, Tensor x) {
    if (x.shape().rank() != 4 || x.shape().get(3) % groups != 0) {
      throw new IllegalArgumentException(
          "conv: input is %s, expected [N, H, W, C] with C divisible into %d groups"
              .formatted(x.shape(), groups));
    }
    Shape shape = Shape.of(kernelHeight, kernelWidth, x.shape().get(3) / groups, channels);
    return scope.parameter("weight", shape, initializer);
  }

  Tensor convolve(Tensor x, Tensor weight) {
    return x.conv2d(weight, window, groups);
  }
}
