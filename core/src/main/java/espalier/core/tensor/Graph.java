package espalier.core.tensor;

import espalier.kernels.spi.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of tensor operations, grown by applying operations to its tensors. Nothing computes until
 * a planner has turned it into a program. Not safe for use by several threads while it grows.
 */
public final class Graph {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Application, Node> known = new HashMap<>();
  private final Map<String, Tensor> feeds = new LinkedHashMap<>();
  private final Map<String, Tensor> variables = new LinkedHashMap<>();

  /** An operation on operands, compared by value. */
  private record Application(Op op, List<Tensor> inputs) {}

  /** An empty graph. */
  public Graph() {}

  /**
   * A tensor whose values the caller supplies at each run. Asked again for a name, the same one.
   */
  public Tensor feed(String name, DType type, Shape shape) {
    return leaf(feeds, "feed", name, new Feed(name, shape), type, shape);
  }

  /** A float feed. */
  public Tensor feed(String name, Shape shape) {
    return feed(name, DType.F32, shape);
  }

  /**
   * The value a session's variable has when a run starts. Asked again for a name, the same tensor.
   */
  public Tensor variable(String name, Shape shape) {
    return leaf(variables, "variable", name, new ReadVariable(name, shape), DType.F32, shape);
  }

  /** A number, as a scalar tensor. */
  public Tensor constant(double value) {
    return apply(new Constant(value, Shape.SCALAR), List.of()).getFirst();
  }

  /** A tensor filled with one number. */
  public Tensor constant(double value, Shape shape) {
    return apply(new Constant(value, shape), List.of()).getFirst();
  }

  /**
   * Applies {@code op}; shapes are checked here. The same operation on the same operands is the
   * same node, so that a gradient flows through it once, however often it was asked for.
   */
  public List<Tensor> apply(Op op, List<Tensor> inputs) {
    Application application = new Application(op, List.copyOf(inputs));
    Node existing = known.get(application);
    if (existing != null) {
      return existing.outputs();
    }
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      if (input.node().graph() != this) {
        throw new IllegalArgumentException(
            op.name() + ": an operand belongs to another graph, expected all of one graph");
      }
      if (input.type() != op.inputType(i)) {
        throw new IllegalArgumentException(
            "%s: operand %d is %s %s, expected %s"
                .formatted(op.name(), i, input.type(), input.shape(), op.inputType(i)));
      }
    }
    List<Shape> shapes = op.infer(inputs.stream().map(Tensor::shape).toList());
    Node node = add(op, inputs, shapes, DType.F32);
    known.put(application, node);
    return node.outputs();
  }

  /** Applies an operation with one output. */
  public Tensor applyOne(Op op, Tensor... inputs) {
    return apply(op, List.of(inputs)).getFirst();
  }

  /** All nodes in the order they were declared; inputs precede users. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** Feeds by name. */
  public Map<String, Tensor> feeds() {
    return Collections.unmodifiableMap(feeds);
  }

  /** Variables read by the graph, by name. */
  public Map<String, Tensor> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /** Multiply-accumulates of everything declared so far, whether or not it reaches an output. */
  public long multiplyAccumulates() {
    return nodes.stream().mapToLong(Node::multiplyAccumulates).sum();
  }

  private Tensor leaf(
      Map<String, Tensor> known, String kind, String name, Op op, DType type, Shape shape) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(kind + " '': found no name, expected one");
    }
    Tensor existing = known.get(name);
    if (existing == null) {
      existing = add(op, List.of(), List.of(shape), type).outputs().getFirst();
      known.put(name, existing);
    } else if (!existing.shape().equals(shape) || existing.type() != type) {
      throw new IllegalArgumentException(
          "%s '%s': declared as %s %s, asked for as %s %s"
              .formatted(kind, name, existing.type(), existing.shape(), type, shape));
    }
    return existing;
  }

  private Node add(Op op, List<Tensor> inputs, List<Shape> shapes, DType type) {
    Node node = new Node(this, nodes.size(), op, inputs, shapes, type);
    nodes.add(node);
    return node;
  }
}
