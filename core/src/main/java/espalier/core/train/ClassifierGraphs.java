package espalier.core.train;

import espalier.core.io.ImageSpec;
import espalier.core.nn.Dropout;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The computations of a classifier: one training step, and inference of a batch. */
public final class ClassifierGraphs {
  /** Feed of images [N, H, W, C], normalised. */
  public static final String IMAGES = "images";

  /** Feed of labels [N]. */
  public static final String LABELS = "labels";

  /** Scalar feed of the learning rate. */
  public static final String LEARNING_RATE = "learning_rate";

  private ClassifierGraphs() {}

  /**
   * A computation and the variables it needs.
   *
   * @param variables every variable with its initial value
   */
  public record Built(Computation computation, List<Parameter> variables, Scope scope) {}

  /** One weight step; result 0 is the loss. */
  public static Built training(Network network, ImageSpec image, Recipe recipe) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor images = images(graph, image, recipe.batchSize());
    Tensor labels = graph.feed(LABELS, DType.I32, Shape.of(recipe.batchSize()));
    Network.Outputs outputs = network.build(scope, images);
    Tensor loss = recipe.loss().loss(outputs.logits(), labels);
    if (outputs.auxiliary().isPresent()) {
      Tensor auxiliary = recipe.loss().loss(outputs.auxiliary().get(), labels);
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

  /** Logits of a batch; result 0 is [N, classes]. */
  public static Built inference(Network network, ImageSpec image, int batch) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    Tensor logits = network.build(scope, images(graph, image, batch)).logits();
    return new Built(Computation.of(logits), List.copyOf(scope.parameters().values()), scope);
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

  /** The feed of images. */
  public static Tensor images(Graph graph, ImageSpec image, int batch) {
    return graph.feed(IMAGES, Shape.of(batch, image.height(), image.width(), image.channels()));
  }

  /** Whether a computation uses drop-path. */
  static boolean dropsPaths(Computation computation) {
    return computation.graph().feeds().containsKey(Dropout.PATH_PROBABILITY);
  }
}
