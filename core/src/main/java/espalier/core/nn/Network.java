package espalier.core.nn;

import espalier.core.tensor.Tensor;
import java.util.Optional;

/** An image classifier: a function that builds its graph in a scope. */
@FunctionalInterface
public interface Network {

  /** Builds the classifier on {@code images} [N, H, W, C]. */
  Outputs build(Scope scope, Tensor images);

  /**
   * What a classifier yields.
   *
   * @param logits [N, classes]
   * @param auxiliary logits of an auxiliary head [N, classes]; only in training, if at all
   */
  record Outputs(Tensor logits, Optional<Tensor> auxiliary) {

    /** Outputs without an auxiliary head. */
    public static Outputs of(Tensor logits) {
      return new Outputs(logits, Optional.empty());
    }
  }

  /** The network that applies a layer. */
  static Network of(Layer layer) {
    return (scope, images) -> Outputs.of(layer.apply(scope, images));
  }
}
