package espalier.core.nn;

import espalier.core.plan.Computation;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Concat;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Feed;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Node;
import espalier.core.tensor.Op;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An inference graph in two parts: what depends on variables alone, to be computed once, and what
 * depends on the images, in which the results of the first part are variables. So convolution
 * weights scaled by a batch normalisation are folded, by no rule of their own.
 */
final class FoldedGraph {
  /*
   * The border runs where a node of the second part uses one of the first. A number, and a reshape
   * or a repetition of something, stay in the second part: they cost nothing there, and the planner
   * sees through them.
   */
  private final Graph graph;
  private final Tensor output;
  private final BitSet dependent = new BitSet();
  private final BitSet kept = new BitSet();
  private final List<Tensor> border = new ArrayList<>();
  private final BatchRule rule = new BatchRule(this::isPerImage);

  /**
   * Divides the graph of {@code output}, stored for one image.
   *
   * @throws IllegalArgumentException if it cannot be rebuilt for more than one image
   */
  FoldedGraph(Tensor output) {
    this.output = output;
    this.graph = output.graph();
    for (Node node : graph.nodes()) {
      boolean depends =
          node.op() instanceof Feed
              || node.inputs().stream().anyMatch(input -> dependent.get(input.node().id()));
      dependent.set(node.id(), depends);
    }
    if (!dependent.get(output.node().id())) {
      throw new IllegalArgumentException("graph: its output does not depend on the images");
    }
    BitSet wanted = new BitSet();
    wanted.set(output.node().id());
    for (int id = output.node().id(); id >= 0; id--) {
      if (wanted.get(id)) {
        divide(graph.nodes().get(id), wanted);
      }
    }
    Collections.reverse(border);
  }

  private void divide(Node node, BitSet wanted) {
    if (dependent.get(node.id())) {
      rule.rebatched(node, 1);
    } else if (!isFree(node.op())) {
      border.add(node.outputs().getFirst());
      return;
    }
    kept.set(node.id());
    node.inputs().forEach(input -> wanted.set(input.node().id()));
  }

  private static boolean isFree(Op op) {
    return op instanceof Constant || op instanceof Reshape || op instanceof Broadcast;
  }

  private boolean isPerImage(Tensor tensor) {
    return dependent.get(tensor.node().id());
  }

  /** The output of the whole graph. */
  Tensor output() {
    return output;
  }

  /** The first part; its results are the values of {@link #variables()}, in that order. */
  Computation once() {
    return new Computation(graph, border, Map.of());
  }

  /** The variables of the second part: names and shapes. */
  List<Variable> variables() {
    return border.stream().map(tensor -> new Variable(name(tensor), tensor.shape())).toList();
  }

  /** A variable of the second part. */
  record Variable(String name, Shape shape) {}

  private static String name(Tensor tensor) {
    return "fixed." + tensor.node().id();
  }

  /** The second part for a batch of {@code n}; its result has n rows. */
  Computation forBatch(int n) {
    Graph rebuilt = new Graph();
    Map<Tensor, Tensor> copies = new HashMap<>();
    for (Tensor tensor : border) {
      copies.put(tensor, rebuilt.variable(name(tensor), tensor.shape()));
    }
    kept.stream()
        .mapToObj(graph.nodes()::get)
        .forEach(node -> copies.put(node.outputs().getFirst(), copy(node, n, rebuilt, copies)));
    return Computation.of(copied(output, copies));
  }

  private Tensor copy(Node node, int n, Graph rebuilt, Map<Tensor, Tensor> copies) {
    Op op = isPerImage(node.outputs().getFirst()) ? rule.rebatched(node, n) : node.op();
    if (op instanceof Feed(String feed, Shape shape)) {
      return rebuilt.feed(feed, shape);
    }
    List<Tensor> inputs = new ArrayList<>();
    for (Tensor input : node.inputs()) {
      Tensor part = copied(input, copies);
      boolean repeats =
          op instanceof Concat && isPerImage(node.outputs().getFirst()) && !isPerImage(input);
      inputs.add(repeats ? part.broadcast(part.shape().with(0, n)) : part);
    }
    return rebuilt.apply(op, inputs).getFirst();
  }

  private static Tensor copied(Tensor tensor, Map<Tensor, Tensor> copies) {
    Tensor copy = copies.get(tensor);
    if (copy == null) {
      throw new IllegalStateException(tensor + " was not kept");
    }
    return copy;
  }
}
