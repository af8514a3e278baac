package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/**
 * Linear map of [N, features] to [N, outputs]: variables {@code weight} [features, outputs] and,
 * where wanted, {@code bias} [outputs].
 */
public record Linear(int outputs, boolean bias, Initializer initializer) implements Layer {

  /** With a bias, initialised uniformly within {@code ±1/√features}. */
  public static Linear of(int outputs) {
    return new Linear(outputs, true, new Initializer.FanIn());
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    if (x.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "linear: input is %s, expected [N, features]".formatted(x.shape()));
    }
    Shape shape = Shape.of(x.shape().get(1), outputs);
    Tensor y = x.matmul(scope.parameter("weight", shape, initializer));
    return bias ? y.add(scope.parameter("bias", Shape.of(outputs), Initializer.zeros())) : y;
  }
}
