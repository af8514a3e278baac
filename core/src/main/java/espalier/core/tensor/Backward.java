package espalier.core.tensor;

import java.util.Optional;
import java.util.function.Supplier;

/** One node's place in a backward pass: what it knows, and where its contributions go. */
public interface Backward {

  /** Number of inputs of the node. */
  int inputs();

  /** Input {@code i} of the node. */
  Tensor input(int i);

  /** Output {@code i} of the node. */
  Tensor output(int i);

  /** Gradient of the loss with respect to the only output. */
  Tensor gradient();

  /** Gradient with respect to output {@code i}; empty where the loss does not depend on it. */
  Optional<Tensor> gradient(int i);

  /**
   * Adds a contribution to the gradient of input {@code i}. The tensor is built only where somebody
   * asked for it.
   */
  void add(int i, Supplier<Tensor> contribution);
}
