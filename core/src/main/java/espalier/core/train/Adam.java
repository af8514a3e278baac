package espalier.core.train;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/**
 * Adam with bias correction [Kingma and Ba 2015]. Weight decay is added to the gradient, or, where
 * {@code decoupled}, shrinks the parameter by itself [AdamW, Loshchilov and Hutter 2019].
 */
public record Adam(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
    implements Optimizer {

  /** The published DARTS optimiser of α: β = (0.5, 0.999), decay 1e-3. */
  public static Adam architecture() {
    return new Adam(0.5, 0.999, 1e-8, 1e-3, false);
  }

  @Override
  public String name() {
    return decoupled ? "adamw" : "adam";
  }

  @Override
  public Tensor step(Slots slots, Tensor parameter, Tensor gradient, Tensor learningRate) {
    Tensor g = weightDecay == 0 || decoupled ? gradient : gradient.add(parameter.mul(weightDecay));
    Tensor first = average(slots, "first_moment", g, beta1);
    Tensor second = average(slots, "second_moment", g.mul(g), beta2);
    Tensor correction1 = correction(slots, "beta1_power", beta1);
    Tensor correction2 = correction(slots, "beta2_power", beta2);
    Tensor deviation = second.div(correction2).sqrt().add(epsilon);
    Tensor step = learningRate.mul(first.div(correction1).div(deviation));
    Tensor start =
        decoupled && weightDecay != 0
            ? parameter.sub(learningRate.mul(parameter).mul(weightDecay))
            : parameter;
    return start.sub(step);
  }

  /** Moves a slot towards {@code value}: {@code β·slot + (1 − β)·value}. */
  private static Tensor average(Slots slots, String slot, Tensor value, double beta) {
    Tensor moved = slots.read(slot, value.shape(), 0).mul(beta).add(value.mul(1 - beta));
    slots.assign(slot, moved);
    return moved;
  }

  /** {@code 1 − βᵗ} at step t, counted from 1. */
  private static Tensor correction(Slots slots, String slot, double beta) {
    Tensor power = slots.read(slot, Shape.SCALAR, 1).mul(beta);
    slots.assign(slot, power);
    return power.neg().add(1);
  }
}
