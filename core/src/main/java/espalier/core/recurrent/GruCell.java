package espalier.core.recurrent;

import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Gated recurrent unit [Cho et al. 2014]: reset gate {@code r = σ(x·Wᵣ + h·Uᵣ + bᵣ)}, update gate z
 * alike, candidate {@code n = tanh(x·Wₙ + (r·h)·Uₙ + bₙ)}; {@code h ← n + z·(h − n)}.
 */
public record GruCell() implements RecurrentCell {
  private static final int PARTS = 3;

  @Override
  public int states() {
    return 1;
  }

  @Override
  public Step declare(Scope scope, int inputs, int width) {
    Initializer uniform = new Initializer.FanIn();
    int all = PARTS * width;
    Tensor w = scope.parameter("input_weight", Shape.of(inputs, all), uniform);
    Tensor gates = scope.parameter("gate_weight", Shape.of(width, 2 * width), uniform);
    Tensor candidate = scope.parameter("candidate_weight", Shape.of(width, width), uniform);
    Tensor b = scope.parameter("bias", Shape.of(all), Initializer.zeros());
    return new Step() {
      @Override
      public Tensor project(Tensor x) {
        return x.matmul(w).add(b);
      }

      @Override
      public List<Tensor> next(
          Tensor projected, List<Tensor> states, UnaryOperator<Tensor> dropout) {
        Tensor h = states.getFirst();
        Tensor dropped = dropout.apply(h);
        List<Tensor> ofInput = projected.split(1, PARTS);
        List<Tensor> ofState = dropped.matmul(gates).split(1, 2);
        Tensor reset = ofInput.get(0).add(ofState.get(0)).sigmoid();
        Tensor update = ofInput.get(1).add(ofState.get(1)).sigmoid();
        Tensor n = ofInput.get(2).add(reset.mul(dropped).matmul(candidate)).tanh();
        return List.of(n.add(update.mul(h.sub(n))));
      }
    };
  }

  @Override
  public String toString() {
    return "gru";
  }
}
