package espalier.core.plan;

import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
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
    results.forEach(tensor -> check(graph, "a result", tensor));
    assigns.forEach((variable, tensor) -> {
      check(graph, "an assigned tensor", tensor);
      if (variable.isEmpty()) {
        throw new IllegalArgumentException("variable '': found no name, expected one");
      }
      Tensor target = graph.variables().get(variable);
      Shape shape = target == null ? tensor.shape() : target.shape();
      if (!tensor.shape().equals(shape) || tensor.type() != DType.F32) {
        throw new IllegalArgumentException(
            "variable '%s': assigned %s %s, expected %s %s"
                .formatted(variable, tensor.type(), tensor.shape(), DType.F32, shape));
      }
    });
  }

  private static void check(Graph graph, String what, Tensor tensor) {
    if (tensor.graph() != graph) {
      throw new IllegalArgumentException("computation: " + what + " belongs to another graph");
    }
  }

  /** A computation without effects. */
  public static Computation of(Tensor... results) {
    return new Computation(results[0].graph(), List.of(results), Map.of());
  }
}
