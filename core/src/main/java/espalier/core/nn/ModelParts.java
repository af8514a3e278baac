package espalier.core.nn;

import espalier.core.io.JsonDocument;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a trained classifier is.
 *
 * @param head what the network takes in and answers
 * @param graph the inference graph for one example; its output is [1, width of the answer]
 * @param weights the values of the graph's variables by name, row-major
 */
record ModelParts(ModelHead head, FoldedGraph graph, Map<String, float[]> weights) {
  ModelParts {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    Tensor output = graph.output();
    requireFeed(output.graph(), head.input().feed());
    requireWidth(head.output(), output.shape());
    output.graph().variables().forEach(new Check(weights)::requireValues);
  }

  private record Check(Map<String, float[]> weights) {
    void requireValues(String name, Tensor variable) {
      float[] values = weights.get(name);
      if (values == null) {
        throw new IllegalArgumentException(
            "model: weights of variable '%s' %s are missing".formatted(name, variable.shape()));
      }
      if (values.length != variable.shape().size()) {
        throw new IllegalArgumentException(
            "model: variable '%s' has %d weights, the graph expects %s"
                .formatted(name, values.length, variable.shape()));
      }
    }
  }

  /**
   * The parts of a network with trained weights; weights that its inference does not read are left
   * out.
   */
  static ModelParts of(Network network, ModelHead head, Map<String, float[]> weights) {
    Graph graph = new Graph();
    Tensor input = head.input().feed().feed(graph, 1);
    Tensor built = network.build(Scope.root(graph, Scope.Mode.INFERENCE), input).main();
    // Through the codec and back: what cannot be saved is refused here, and a model computes the
    // same before it is saved and after.
    Tensor output = GraphCodec.read(JsonDocument.of("graph", GraphCodec.write(built)));
    Map<String, float[]> read = new LinkedHashMap<>();
    for (String name : output.graph().variables().keySet()) {
      float[] values = weights.get(name);
      if (values != null) {
        read.put(name, values.clone());
      }
    }
    return new ModelParts(head, new FoldedGraph(output), read);
  }

  /** The variables of the graph. */
  Map<String, Shape> variables() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    graph.output().graph().variables().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /** The values of a variable. */
  float[] values(String variable) {
    float[] values = weights.get(variable);
    if (values == null) {
      throw new IllegalArgumentException("model: variable '%s' is unknown".formatted(variable));
    }
    return values;
  }

  private static void requireFeed(Graph graph, FeedSpec wanted) {
    Tensor feed = graph.feeds().get(wanted.name());
    if (feed == null || graph.feeds().size() > 1 || !feed.shape().equals(wanted.batch(1))) {
      throw new IllegalArgumentException(
          "model: the graph's feeds are %s, expected one, '%s' %s"
              .formatted(graph.feeds(), wanted.name(), wanted.batch(1)));
    }
  }

  private static void requireWidth(ModelOutput answer, Shape output) {
    if (output.rank() != 2 || output.get(0) != 1 || output.get(1) != answer.width()) {
      throw new IllegalArgumentException(
          "model: the graph's output is %s, expected [1, %d] for %s"
              .formatted(
                  output,
                  answer.width(),
                  answer instanceof ModelOutput.Labels ? answer.width() + " labels" : "an amount"));
    }
  }
}
