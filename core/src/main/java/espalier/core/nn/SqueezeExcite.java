package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/**
 * Scales the channels of [N, H, W, C] by factors between 0 and 1 that a small network finds in
 * their means over the image [Hu, Shen, Sun 2018]: variables in the scopes {@code reduce} and
 * {@code expand}.
 *
 * @param hidden units of that network
 * @param activation of them
 */
public record SqueezeExcite(int hidden, Activation activation) implements Layer {
  public SqueezeExcite {
    if (hidden < 1) {
      throw new IllegalArgumentException(
          "squeeze-excite: %d hidden units, expected 1 or more".formatted(hidden));
    }
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    int channels = x.shape().get(3);
    Tensor means = Pool.globalAverage().apply(scope, x);
    Tensor squeezed =
        activation.apply(scope, Linear.of(hidden).apply(scope.child("reduce"), means));
    Tensor factors = Linear.of(channels).apply(scope.child("expand"), squeezed).sigmoid();
    return x.mul(factors.reshape(Shape.of(x.shape().get(0), 1, 1, channels)));
  }
}
