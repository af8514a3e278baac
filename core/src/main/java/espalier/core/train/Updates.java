package espalier.core.train;

import espalier.core.nn.Initializer;
import espalier.core.nn.Parameter;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One optimisation step as a graph: what each parameter and each slot of the optimiser becomes.
 *
 * @param assigns new values, by variable name
 * @param slots the optimiser's own variables, with their initial values
 */
public record Updates(Map<String, Tensor> assigns, List<Parameter> slots) {
  public Updates {
    assigns = Collections.unmodifiableMap(new LinkedHashMap<>(assigns));
    slots = List.copyOf(slots);
  }

  /** Added to the norm before dividing by it, as PyTorch does. */
  private static final double CLIP_EPSILON = 1e-6;

  /**
   * The step that lowers {@code loss}.
   *
   * @param owner prefix of slot names, so that two optimisers of one session keep apart
   * @param parameters what to change, by variable name
   * @param clip the gradients' global norm is scaled down to this; 0 for no limit
   */
  public static Updates of(
      String owner,
      Tensor loss,
      Map<String, Tensor> parameters,
      Optimizer optimizer,
      double clip,
      Tensor learningRate) {
    List<Tensor> gradients = Gradients.of(loss, List.copyOf(parameters.values()));
    return of(owner, parameters, gradients, optimizer, clip, learningRate);
  }

  /** The step along given gradients, one per parameter. */
  public static Updates of(
      String owner,
      Map<String, Tensor> parameters,
      List<Tensor> gradients,
      Optimizer optimizer,
      double clip,
      Tensor learningRate) {
    List<Tensor> clipped = clip > 0 ? clip(gradients, clip) : gradients;
    Map<String, Tensor> assigns = new LinkedHashMap<>();
    List<Parameter> slots = new ArrayList<>();
    int i = 0;
    for (Map.Entry<String, Tensor> entry : parameters.entrySet()) {
      Memory memory =
          new Memory(learningRate.graph(), owner + "/" + entry.getKey(), assigns, slots);
      Tensor next = optimizer.step(memory, entry.getValue(), clipped.get(i++), learningRate);
      assigns.put(entry.getKey(), next);
    }
    return new Updates(assigns, slots);
  }

  /**
   * Gradients scaled so that their global L2 norm is at most {@code limit} [Pascanu et al. 2013].
   */
  private static List<Tensor> clip(List<Tensor> gradients, double limit) {
    if (gradients.isEmpty()) {
      return gradients;
    }
    Tensor squares = gradients.stream().map(g -> g.mul(g).sum()).reduce(Tensor::add).orElseThrow();
    Graph graph = squares.graph();
    Tensor scale =
        graph.constant(limit).div(squares.sqrt().add(CLIP_EPSILON)).min(graph.constant(1));
    return gradients.stream().map(g -> g.mul(scale)).toList();
  }

  private record Memory(
      Graph graph, String prefix, Map<String, Tensor> assigns, List<Parameter> slots)
      implements Optimizer.Slots {

    @Override
    public Tensor read(String slot, Shape shape, double initial) {
      String name = prefix + "/" + slot;
      slots.add(new Parameter(name, shape, new Initializer.Fill(initial), false, false));
      return graph.variable(name, shape);
    }

    @Override
    public void assign(String slot, Tensor value) {
      assigns.put(prefix + "/" + slot, value);
    }
  }
}
