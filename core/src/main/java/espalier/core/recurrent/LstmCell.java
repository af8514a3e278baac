package espalier.core.recurrent;

import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Long short-term memory [Hochreiter and Schmidhuber 1997] with a forget gate [Gers, Schmidhuber,
 * Cummins 2000]: of {@code a = x·W + h·U + b} the quarters are input gate i, forget gate f,
 * candidate g and output gate o; {@code c ← σ(f)·c + σ(i)·tanh(g)}, {@code h ← σ(o)·tanh(c)}.
 */
public record LstmCell() implements RecurrentCell {
  private static final int PARTS = 4;

  @Override
  public int states() {
    return 2;
  }

  @Override
  public Step declare(Scope scope, int inputs, int width) {
    Initializer uniform = new Initializer.FanIn();
    int all = PARTS * width;
    Tensor w = scope.parameter("input_weight", Shape.of(inputs, all), uniform);
    Tensor u = scope.parameter("state_weight", Shape.of(width, all), uniform);
    Tensor b = scope.parameter("bias", Shape.of(all), Initializer.zeros());
    return new Step() {
      @Override
      public Tensor project(Tensor x) {
        return x.matmul(w).add(b);
      }

      @Override
      public List<Tensor> next(
          Tensor projected, List<Tensor> states, UnaryOperator<Tensor> dropout) {
        Tensor a = projected.add(dropout.apply(states.get(0)).matmul(u));
        List<Tensor> parts = a.split(1, PARTS);
        Tensor kept = parts.get(1).sigmoid().mul(states.get(1));
        Tensor c = kept.add(parts.get(0).sigmoid().mul(parts.get(2).tanh()));
        return List.of(parts.get(3).sigmoid().mul(c.tanh()), c);
      }
    };
  }

  @Override
  public String toString() {
    return "lstm";
  }
}
