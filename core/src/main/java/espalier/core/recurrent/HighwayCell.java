package espalier.core.recurrent;

import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The cell of a genotype, its nodes joined by highways [Zilly et al. 2017; Pham et al. 2018; Liu,
 * Simonyan, Yang 2019]: {@code [c, a] = [x, h]·W₀}, {@code s₀ = h + σ(c)·(tanh(a) − h)}; node i of
 * the state p it is made of: {@code [c, a] = p·Wᵢ}, {@code sᵢ = p + σ(c)·(f(a) − p)}. The output is
 * the mean of some nodes. There are no biases.
 */
public record HighwayCell(RecurrentGenotype genotype) implements RecurrentCell {

  @Override
  public int states() {
    return 1;
  }

  /**
   * Gate and candidate of a product, each with its half of the weights. The halves are cut once,
   * not the products at every step.
   */
  private record Highway(Tensor gate, Tensor candidate) {
    static Highway of(Tensor weight) {
      List<Tensor> halves = weight.split(1, 2);
      return new Highway(halves.get(0), halves.get(1));
    }
  }

  @Override
  public Step declare(Scope scope, int inputs, int width) {
    Initializer uniform = new Initializer.FanIn();
    Tensor first = scope.parameter("weight0", Shape.of(inputs + width, 2 * width), uniform);
    Tensor ofInput = first.slice(0, 0, inputs);
    Highway ofState = Highway.of(first.slice(0, inputs, inputs + width));
    List<Highway> nodes = new ArrayList<>();
    while (nodes.size() < genotype.nodes().size()) {
      String name = "weight" + (nodes.size() + 1);
      nodes.add(Highway.of(scope.parameter(name, Shape.of(width, 2 * width), uniform)));
    }
    return new Step() {
      @Override
      public Tensor project(Tensor x) {
        return x.matmul(ofInput);
      }

      @Override
      public List<Tensor> next(
          Tensor projected, List<Tensor> before, UnaryOperator<Tensor> dropout) {
        Tensor h = before.getFirst();
        Tensor dropped = dropout.apply(h);
        List<Tensor> ofStep = projected.split(1, 2);
        Tensor c = ofStep.get(0).add(dropped.matmul(ofState.gate()));
        Tensor a = ofStep.get(1).add(dropped.matmul(ofState.candidate()));
        List<Tensor> states = new ArrayList<>(List.of(move(h, c, a.tanh())));
        for (int i = 0; i < nodes.size(); i++) {
          RecurrentGenotype.Node node = genotype.nodes().get(i);
          Tensor from = states.get(node.from());
          Tensor product = dropout.apply(from);
          Tensor gate = product.matmul(nodes.get(i).gate());
          Tensor candidate = product.matmul(nodes.get(i).candidate());
          states.add(move(from, gate, node.function().apply(candidate)));
        }
        return List.of(mean(genotype.outputs().stream().map(states::get).toList()));
      }
    };
  }

  /** Towards {@code to}, as far as the gate is open. */
  private static Tensor move(Tensor from, Tensor gate, Tensor to) {
    return from.add(gate.sigmoid().mul(to.sub(from)));
  }

  private static Tensor mean(List<Tensor> states) {
    return states.stream().reduce(Tensor::add).orElseThrow().mul(1.0 / states.size());
  }

  @Override
  public String toString() {
    return RecurrentNotation.print(genotype);
  }
}
