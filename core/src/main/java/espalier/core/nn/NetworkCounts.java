package espalier.core.nn;

import espalier.core.io.ImageSpec;
import espalier.core.tensor.Feed;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Node;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The size of a network, for one image.
 *
 * @param parameters trainable values, as the literature counts them
 * @param multiplyAccumulates of convolutions and linear layers
 */
public record NetworkCounts(long parameters, long multiplyAccumulates) {

  /** What the network declares, whether or not it can influence the output. */
  public static NetworkCounts declared(Network network, ImageSpec image) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    build(network, image, scope);
    return new NetworkCounts(scope.parameterCount(), scope.multiplyAccumulates());
  }

  /** What of it can influence the output. */
  public static NetworkCounts live(Network network, ImageSpec image) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    Set<Node> reached = reached(build(network, image, scope));
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

  /** Whether the network's output depends on its input at all: a cell may have no path through. */
  public static boolean seesImages(Network network, ImageSpec image) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    Set<Node> reached = reached(build(network, image, scope));
    return reached.stream().anyMatch(node -> node.op() instanceof Feed);
  }

  private static Tensor build(Network network, ImageSpec image, Scope scope) {
    Shape shape = Shape.of(1, image.height(), image.width(), image.channels());
    return network.build(scope, scope.graph().feed("images", shape)).logits();
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
