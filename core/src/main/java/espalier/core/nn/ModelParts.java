package espalier.core.nn;

import espalier.core.io.ImageInput;
import espalier.core.io.ImageSpec;
import espalier.core.io.JsonDocument;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a trained classifier is.
 *
 * @param input what the network takes in
 * @param labels names of the classes
 * @param graph the inference graph for one image; its output is the logits [1, classes]
 * @param weights the values of the graph's variables by name, row-major
 */
record ModelParts(
    ImageInput input, List<String> labels, FoldedGraph graph, Map<String, float[]> weights) {
  /** The feed of images [N, H, W, C]. */
  static final String IMAGES = "images";

  ModelParts {
    labels = List.copyOf(labels);
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    Tensor logits = graph.output();
    requireFeed(logits.graph(), input.image());
    requireLabels(labels, logits.shape());
    logits.graph().variables().forEach(new Check(weights)::requireValues);
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
  static ModelParts of(
      Network network, ImageInput input, List<String> labels, Map<String, float[]> weights) {
    Graph graph = new Graph();
    ImageSpec image = input.image();
    Tensor images =
        graph.feed(IMAGES, Shape.of(1, image.height(), image.width(), image.channels()));
    Tensor built = network.build(Scope.root(graph, Scope.Mode.INFERENCE), images).main();
    // Through the codec and back: what cannot be saved is refused here, and a model computes the
    // same before it is saved and after.
    Tensor logits = GraphCodec.read(JsonDocument.of("graph", GraphCodec.write(built)));
    Map<String, float[]> read = new LinkedHashMap<>();
    for (String name : logits.graph().variables().keySet()) {
      float[] values = weights.get(name);
      if (values != null) {
        read.put(name, values.clone());
      }
    }
    return new ModelParts(input, labels, new FoldedGraph(logits), read);
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

  private static void requireFeed(Graph graph, ImageSpec image) {
    Shape wanted = Shape.of(1, image.height(), image.width(), image.channels());
    Tensor feed = graph.feeds().get(IMAGES);
    if (feed == null || graph.feeds().size() > 1 || !feed.shape().equals(wanted)) {
      throw new IllegalArgumentException(
          "model: the graph's feeds are %s, expected one, '%s' %s"
              .formatted(graph.feeds(), IMAGES, wanted));
    }
  }

  private static void requireLabels(List<String> labels, Shape logits) {
    if (logits.rank() != 2 || logits.get(0) != 1 || logits.get(1) != labels.size()) {
      throw new IllegalArgumentException(
          "model: the graph's output is %s, expected [1, %d] for %d labels"
              .formatted(logits, labels.size(), labels.size()));
    }
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new IllegalArgumentException("model: the label '%s' is given twice".formatted(label));
      }
    }
  }
}
