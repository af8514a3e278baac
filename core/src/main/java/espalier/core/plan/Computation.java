package espalier.core.plan;

import espalier.core.tensor.Graph;
import espalier.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run is to do: the tensors to answer and the variables to overwrite. Every variable is
 * read as it was when the run started; assigns take effect together at its end.
 */
public record Computation(Graph graph, List<Tensor> results, Map<String, Tensor> assigns) {
  public Computation {
    results = List.copyOf(results);
    assigns = Collections.unmodifiableMap(new LinkedHashMap<>(assigns));
    results.forEach(tensor -> check(graph, "result", tensor));
    assigns.forEach((variable, tensor) -> {
      check(graph, "assigned tensor", tensor);
      Tensor target = graph.variables().get(variable);
      if (target != null && !target.shape().equals(tensor.shape())) {
        throw new IllegalArgumentException(
            "variable '%s': assigned %s, expected %s"
                .formatted(variable, tensor.shape(), target.shape()));
      }
    });
  }

  private static void check(Graph graph, String what, Tensor tensor) {
    if (tensor.graph() != graph) {
      throw new IllegalArgumentException("computation: a " + what + " belongs to another graph");
    }
  }

  /** A computation without effects. */
  public static Computation of(Tensor... results) {
    return new Computation(results[0].graph(), List.of(results), Map.of());
  }
}
