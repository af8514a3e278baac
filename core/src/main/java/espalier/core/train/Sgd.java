package espalier.core.train;

import espalier.core.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum μ and weight decay λ: {@code v ← μ·v + g + λ·w; w ← w −
 * η·v}, or with Nesterov's momentum {@code w ← w − η·(g + λ·w + μ·v)}.
 */
public record Sgd(double momentum, double weightDecay, boolean nesterov) implements Optimizer {

  /** The published DARTS weight optimiser: momentum 0.9, decay 3e-4. */
  public static Sgd darts() {
    return new Sgd(0.9, 3e-4, false);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Tensor step(Slots slots, Tensor parameter, Tensor gradient, Tensor learningRate) {
    Tensor decayed = weightDecay == 0 ? gradient : gradient.add(parameter.mul(weightDecay));
    if (momentum == 0) {
      return parameter.sub(learningRate.mul(decayed));
    }
    Tensor velocity = slots.read("momentum", parameter.shape(), 0).mul(momentum).add(decayed);
    slots.assign("momentum", velocity);
    Tensor direction = nesterov ? decayed.add(velocity.mul(momentum)) : velocity;
    return parameter.sub(learningRate.mul(direction));
  }
}
