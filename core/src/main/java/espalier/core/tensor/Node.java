package espalier.core.tensor;

import espalier.kernels.spi.DType;
import java.util.ArrayList;
import java.util.List;

/** An application of an operation: its inputs come from nodes with smaller ids. */
public final class Node {
  private final Graph graph;
  private final int id;
  private final Op op;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  Node(Graph graph, int id, Op op, List<Tensor> inputs, List<Shape> shapes, DType type) {
    this.graph = graph;
    this.id = id;
    this.op = op;
    this.inputs = List.copyOf(inputs);
    List<Tensor> built = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      built.add(new Tensor(this, i, shapes.get(i), type));
    }
    this.outputs = List.copyOf(built);
  }

  /** The graph the node belongs to. */
  public Graph graph() {
    return graph;
  }

  /** Position in {@link Graph#nodes()}. */
  public int id() {
    return id;
  }

  /** What is applied. */
  public Op op() {
    return op;
  }

  /** What it is applied to. */
  public List<Tensor> inputs() {
    return inputs;
  }

  /** What it yields. */
  public List<Tensor> outputs() {
    return outputs;
  }

  /** Multiply-accumulates of this node. */
  public long multiplyAccumulates() {
    return op.multiplyAccumulates(inputs.stream().map(Tensor::shape).toList());
  }

  @Override
  public String toString() {
    return op.name() + "#" + id;
  }
}
