package espalier.core.supernet;

import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;

/**
 * Two nested problems over the variables a scope declares: the weights lower the training loss, the
 * architecture lowers the validation loss that those weights then have.
 */
public interface BilevelProblem {

  /** The loss that weights lower, a scalar. */
  Tensor trainLoss(Scope scope);

  /** The loss that the architecture lowers, a scalar. */
  Tensor validLoss(Scope scope);

  /** Whether a variable belongs to the architecture; otherwise it is a weight. */
  boolean isArchitecture(String variable);
}
