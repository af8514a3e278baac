package espalier.bench;

import espalier.core.nn.Initializer;
import espalier.core.nn.Layer;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.TaskGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A layer run forward and backward. Its input and the gradient of its output are variables. */
public final class Backpropagation {
  /** The input. */
  public static final String X = "x";

  /** The output. */
  public static final String Y = "y";

  /** The given gradient of the output. */
  public static final String DY = "dy";

  /** Before the name of a variable: its gradient. */
  public static final String GRADIENT = "gradient of ";

  private static final Initializer NORMAL = new Initializer.Normal(1);

  private Backpropagation() {}

  /** The layer at an input of this shape. */
  public static Assembly of(Shape input, Layer layer) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    List<Parameter> inputs = new ArrayList<>();
    inputs.add(given(X, input));
    Tensor y = layer.apply(scope, graph.variable(X, input));
    return of(scope, inputs, y);
  }

  /** A tensor that is given: neither a weight nor a running average. */
  static Parameter given(String name, Shape shape) {
    return new Parameter(name, shape, NORMAL, false, false);
  }

  /** The gradients of {@code y} with respect to the inputs and to what the scope declares. */
  static Assembly of(Scope scope, List<Parameter> inputs, Tensor y) {
    Graph graph = scope.graph();
    List<Tensor> results = new ArrayList<>(List.of(y));
    List<String> names = new ArrayList<>(List.of(Y));
    List<Tensor> sources = new ArrayList<>();
    for (Parameter input : inputs) {
      sources.add(graph.variable(input.name(), input.shape()));
      names.add(GRADIENT + input.name());
    }
    TaskGraphs.trainable(scope)
        .forEach((name, weight) -> {
          sources.add(weight);
          names.add(GRADIENT + name);
        });
    results.addAll(Gradients.of(y, graph.variable(DY, y.shape()), sources));
    List<Parameter> variables = new ArrayList<>(inputs);
    variables.add(given(DY, y.shape()));
    variables.addAll(scope.parameters().values());
    Computation computation = new Computation(graph, results, scope.updates());
    return new Assembly(
        variables, List.of(new Assembly.Phase(computation, names, Map.of())), List.of());
  }
}
