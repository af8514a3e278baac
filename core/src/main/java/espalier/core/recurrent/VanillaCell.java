package espalier.core.recurrent;

import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code h ← tanh(x·W + h·U + b)} [Elman 1990]. */
public record VanillaCell() implements RecurrentCell {
  @Override
  public int states() {
    return 1;
  }

  @Override
  public Step declare(Scope scope, int inputs, int width) {
    Initializer uniform = new Initializer.FanIn();
    Tensor w = scope.parameter("input_weight", Shape.of(inputs, width), uniform);
    Tensor u = scope.parameter("state_weight", Shape.of(width, width), uniform);
    Tensor b = scope.parameter("bias", Shape.of(width), Initializer.zeros());
    return new Step() {
      @Override
      public Tensor project(Tensor x) {
        return x.matmul(w).add(b);
      }

      @Override
      public List<Tensor> next(
          Tensor projected, List<Tensor> states, UnaryOperator<Tensor> dropout) {
        return List.of(projected.add(dropout.apply(states.getFirst()).matmul(u)).tanh());
      }
    };
  }

  @Override
  public String toString() {
    return "vanilla";
  }
}
