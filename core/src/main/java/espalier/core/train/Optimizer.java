package espalier.core.train;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/**
 * A rule that turns a gradient into a new value, written with tensor operations. What it remembers
 * between steps it keeps in slots: variables of its own beside each parameter.
 */
public interface Optimizer {

  /** The name users type, {@code sgd} for one. */
  String name();

  /** The new value of {@code parameter}. */
  Tensor step(Slots slots, Tensor parameter, Tensor gradient, Tensor learningRate);

  /** The memory of an optimiser for one parameter. */
  interface Slots {

    /** The slot's value before the step. */
    Tensor read(String slot, Shape shape, double initial);

    /** The slot's value after the step. */
    void assign(String slot, Tensor value);
  }
}
