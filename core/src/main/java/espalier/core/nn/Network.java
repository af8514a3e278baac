package espalier.core.nn;

import espalier.core.tensor.Tensor;
import java.util.Optional;

/** A network: a function that builds its graph in a scope. */
@FunctionalInterface
public interface Network {

  /** Builds the network on a batch of inputs, images [N, H, W, C] for one. */
  Outputs build(Scope scope, Tensor input);

  /**
   * What a network yields.
   *
   * @param main its answer: logits [N, classes] of a classifier, [N, values] of a regression
   * @param auxiliary what an auxiliary head answers, alike; only in training, if at all
   */
  record Outputs(Tensor main, Optional<Tensor> auxiliary) {

    /** Outputs without an auxiliary head. */
    public static Outputs of(Tensor main) {
      return new Outputs(main, Optional.empty());
    }
  }

  /** The network that applies a layer. */
  static Network of(Layer layer) {
    return (scope, input) -> Outputs.of(layer.apply(scope, input));
  }
}
