package espalier.core.train;

import espalier.core.nn.FeedSpec;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The computations of a network and its task: one training step, and inference of a batch. */
public final class TaskGraphs {
  /** Scalar feed of the learning rate. */
  public static final String LEARNING_RATE = "learning_rate";

  private TaskGraphs() {}

  /**
   * A computation and the variables it needs.
   *
   * @param variables every variable with its initial value
   */
  public record Built(Computation computation, List<Parameter> variables, Scope scope) {}

  /** One weight step; result 0 is the loss. */
  public static Built training(Network network, Task task, Recipe recipe) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor input = task.input().feed(graph, recipe.batchSize());
    Tensor target = task.target().feed(graph, recipe.batchSize());
    Network.Outputs outputs = network.build(scope, input);
    Tensor loss = task.loss(outputs.main(), target, recipe);
    if (outputs.auxiliary().isPresent()) {
      Tensor auxiliary = task.loss(outputs.auxiliary().get(), target, recipe);
      loss = loss.add(auxiliary.mul(recipe.auxiliaryWeight()));
    }
    Updates updates =
        Updates.of(
            "optimizer",
            loss,
            trainable(scope),
            recipe.optimizer(),
            recipe.clip(),
            graph.feed(LEARNING_RATE, Shape.SCALAR));
    Map<String, Tensor> assigns = new LinkedHashMap<>(updates.assigns());
    assigns.putAll(scope.updates());
    List<Parameter> variables = new ArrayList<>(scope.parameters().values());
    variables.addAll(updates.slots());
    return new Built(new Computation(graph, List.of(loss), assigns), variables, scope);
  }

  /** What a network answers to a batch; result 0 is its output. */
  public static Built inference(Network network, FeedSpec input, int batch) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    Tensor output = network.build(scope, input.feed(graph, batch)).main();
    Computation computation = new Computation(graph, List.of(output), scope.updates());
    return new Built(computation, List.copyOf(scope.parameters().values()), scope);
  }

  /** Trainable variables of a scope, by name. */
  public static Map<String, Tensor> trainable(Scope scope) {
    Map<String, Tensor> trainable = new LinkedHashMap<>();
    for (Parameter parameter : scope.parameters().values()) {
      if (parameter.trainable()) {
        trainable.put(
            parameter.name(), scope.graph().variable(parameter.name(), parameter.shape()));
      }
    }
    return trainable;
  }
}
