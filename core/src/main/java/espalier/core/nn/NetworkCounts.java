package espalier.core.nn;

import espalier.core.io.ImageSpec;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Node;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The size of a network, for one example.
 *
 * @param parameters trainable values, as the literature counts them
 * @param multiplyAccumulates of convolutions and linear layers
 */
public record NetworkCounts(long parameters, long multiplyAccumulates) {

  /** What an image classifier declares. */
  public static NetworkCounts declared(Network network, ImageSpec image) {
    return declared(network, FeedSpec.images(image));
  }

  /** What the network declares, whether or not it can influence the output. */
  public static NetworkCounts declared(Network network, FeedSpec input) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    build(network, input, scope);
    return new NetworkCounts(scope.parameterCount(), scope.multiplyAccumulates());
  }

  /** What of an image classifier can influence its output. */
  public static NetworkCounts live(Network network, ImageSpec image) {
    return live(network, FeedSpec.images(image));
  }

  /** What of a network can influence its output. */
  public static NetworkCounts live(Network network, FeedSpec input) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    Set<Node> reached = reached(build(network, input, scope));
    long parameters = 0;
    for (Node node : reached) {
      if (node.op() instanceof ReadVariable read) {
        Parameter parameter = scope.parameters().get(read.variable());
        parameters += parameter != null && parameter.counted() ? parameter.shape().size() : 0;
      }
    }
    return new NetworkCounts(
        parameters, reached.stream().mapToLong(Node::multiplyAccumulates).sum());
  }

  /** Bytes of the values that a model of the network holds: of all that inference reads. */
  public static long modelBytes(Network network, FeedSpec input) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    Map<String, Integer> sizes = new HashMap<>();
    for (Node node : reached(build(network, input, scope))) {
      if (node.op() instanceof ReadVariable(String name, Shape shape)) {
        sizes.put(name, shape.size());
      }
    }
    return Float.BYTES * sizes.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Whether the network's output depends on its input at all: a cell may have no path through. */
  public static boolean seesInput(Network network, FeedSpec input) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    Set<Node> reached = reached(build(network, input, scope));
    return reached.contains(input.feed(scope.graph(), 1).node());
  }

  private static Tensor build(Network network, FeedSpec input, Scope scope) {
    return network.build(scope, input.feed(scope.graph(), 1)).main();
  }

  /** The nodes that a tensor is computed from. Inputs have smaller numbers than their users. */
  private static Set<Node> reached(Tensor output) {
    List<Node> nodes = output.graph().nodes();
    Set<Node> reached = new HashSet<>(Set.of(output.node()));
    for (int id = output.node().id(); id >= 0; id--) {
      if (reached.contains(nodes.get(id))) {
        nodes.get(id).inputs().forEach(input -> reached.add(input.node()));
      }
    }
    return reached;
  }
}
