package espalier.core.recurrent;

import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** A cell that is applied at every step of a sequence: a function of an input and of states. */
public interface RecurrentCell {

  /** How many states [N, width] it hands from step to step; the first is its output. */
  int states();

  /** Declares its weights in {@code scope}, for inputs and states of these widths. */
  Step declare(Scope scope, int inputs, int width);

  /** A cell with weights. */
  interface Step {

    /**
     * What inputs [rows, inputs] add to the cell's sums before any state does: products that can be
     * made for all steps of a sequence at once.
     *
     * @return [rows, …]
     */
    Tensor project(Tensor inputs);

    /**
     * The states after a step.
     *
     * @param projected the step's rows of {@link #project}
     * @param states those after the step before
     * @param dropout what is done to a state that is multiplied by weights
     */
    List<Tensor> next(Tensor projected, List<Tensor> states, UnaryOperator<Tensor> dropout);
  }
}
