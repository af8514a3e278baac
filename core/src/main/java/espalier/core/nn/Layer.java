package espalier.core.nn;

import espalier.core.tensor.Tensor;

/** A function of a tensor with variables of its own. */
@FunctionalInterface
public interface Layer {

  /** Applies the layer to {@code x}, its variables in {@code scope}. */
  Tensor apply(Scope scope, Tensor x);

  /**
   * This layer, then {@code next}; their variables in the scopes {@code 0} and {@code 1} and so on.
   */
  static Layer sequence(Layer... layers) {
    return new Sequence(java.util.List.of(layers));
  }

  /** Rectifier. */
  static Layer relu() {
    return (scope, x) -> x.relu();
  }

  /** The layer that answers its input. */
  static Layer identity() {
    return (scope, x) -> x;
  }
}
