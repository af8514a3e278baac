package espalier.core.nn;

import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.tensor.Feed;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Node;
import espalier.core.tensor.Op;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Shape;
import espalier.core.tensor.StopGradient;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An inference graph as a list of nodes, so that reading it needs no search space and no layers:
 * each has an id (its position), an operation, its inputs as ids of earlier nodes, the operation's
 * attributes and the shape of its only output. Only what the output depends on is written.
 */
final class GraphCodec {
  private static final int MOST_ELEMENTS = 1 << 28;

  private GraphCodec() {}

  /**
   * The nodes that {@code output} depends on.
   *
   * @throws IllegalArgumentException if an operation among them cannot be saved
   */
  static Json.Obj write(Tensor output) {
    Map<Tensor, Integer> ids = new HashMap<>();
    List<Json> nodes = new ArrayList<>();
    for (Node node : reached(output)) {
      Tensor tensor = node.outputs().getFirst();
      if (node.op() instanceof StopGradient) {
        ids.put(tensor, id(ids, node.inputs().getFirst()));
        continue;
      }
      ids.put(tensor, nodes.size());
      Json.Obj line =
          Json.object()
              .with("id", Json.of(nodes.size()))
              .with("op", Json.of(node.op().name()))
              .with("inputs", Json.wholes(ids(ids, node.inputs())));
      for (var attribute : OpCodec.attributes(node.op()).members().entrySet()) {
        line = line.with(attribute.getKey(), attribute.getValue());
      }
      nodes.add(line.with("shape", Json.wholes(tensor.shape().dims().toArray())));
    }
    return Json.object().with("nodes", Json.array(nodes)).with("output", Json.of(id(ids, output)));
  }

  private static int[] ids(Map<Tensor, Integer> ids, List<Tensor> tensors) {
    return tensors.stream().mapToInt(tensor -> id(ids, tensor)).toArray();
  }

  private static int id(Map<Tensor, Integer> ids, Tensor tensor) {
    Integer id = ids.get(tensor);
    if (id == null) {
      throw new IllegalArgumentException(
          "graph: %s is one of several outputs, which a saved graph cannot hold".formatted(tensor));
    }
    return id;
  }

  private static List<Node> reached(Tensor output) {
    List<Node> nodes = output.graph().nodes();
    BitSet reached = new BitSet(nodes.size());
    reached.set(output.node().id());
    for (int id = output.node().id(); id >= 0; id--) {
      if (reached.get(id)) {
        nodes.get(id).inputs().forEach(input -> reached.set(input.node().id()));
      }
    }
    return reached.stream().mapToObj(nodes::get).toList();
  }

  /**
   * The output of the graph that a file holds.
   *
   * @throws espalier.core.io.DataException naming the node and what is wrong with it
   */
  static Tensor read(JsonDocument graph) {
    graph.allowOnly("nodes", "output");
    Graph built = new Graph();
    List<Tensor> tensors = new ArrayList<>();
    for (JsonDocument node : graph.list("nodes")) {
      tensors.add(node(built, tensors, node));
    }
    return earlier(tensors, graph.get("output"));
  }

  private static Tensor node(Graph graph, List<Tensor> earlier, JsonDocument node) {
    if (node.integer("id") != earlier.size()) {
      throw node.get("id")
          .error("is %d, wanted its position %d".formatted(node.integer("id"), earlier.size()));
    }
    List<Tensor> inputs =
        node.list("inputs").stream().map(input -> earlier(earlier, input)).toList();
    try {
      Shape shape = shape(node);
      Op op = OpCodec.read(node, shape);
      allowOnlyWhatIsWritten(node, op);
      if (!op.takes(inputs.size())) {
        throw node.get("inputs")
            .error("has %d elements, not what %s takes".formatted(inputs.size(), op.name()));
      }
      Tensor output =
          switch (op) {
            case Feed feed -> graph.feed(feed.feed(), shape);
            case ReadVariable read -> graph.variable(read.variable(), shape);
            default -> graph.apply(op, inputs).getFirst();
          };
      if (!output.shape().equals(shape)) {
        throw node.get("shape")
            .error("is %s, its inputs make it %s".formatted(shape, output.shape()));
      }
      return output;
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw node.error("is not possible: " + impossible.getMessage());
    }
  }

  private static Tensor earlier(List<Tensor> tensors, JsonDocument at) {
    long id = at.asLong();
    if (id < 0 || id >= tensors.size()) {
      throw at.error(
          "is %d, wanted the id of an earlier node, of which there are %d"
              .formatted(id, tensors.size()));
    }
    return tensors.get((int) id);
  }

  private static Shape shape(JsonDocument node) {
    int[] extents =
        node.list("shape").stream()
            .mapToInt(extent -> OpCodec.number(extent, 1, OpCodec.MOST_EXTENT))
            .toArray();
    Shape shape = Shape.of(extents);
    if (shape.size() > MOST_ELEMENTS) {
      throw node.get("shape")
          .error("is %s, wanted at most %d elements".formatted(shape, MOST_ELEMENTS));
    }
    return shape;
  }

  private static void allowOnlyWhatIsWritten(JsonDocument node, Op op) {
    List<String> known = new ArrayList<>(List.of("id", "op", "inputs"));
    known.addAll(OpCodec.attributes(op).members().keySet());
    known.add("shape");
    node.allowOnly(known.toArray(String[]::new));
  }
}
