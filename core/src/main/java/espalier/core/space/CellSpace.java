package espalier.core.space;

import espalier.core.random.Philox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The cells of one kind: each node sums the operations chosen for the edges it keeps, which come
 * from different states before it.
 *
 * @param name {@code normal} for one
 * @param inputs how many tensors enter the cell
 * @param nodes how many nodes it has
 * @param kept how many edges a node keeps; all where there are no more
 * @param reduction whether edges from inputs halve the image
 * @param output what the cell answers
 * @param candidates what a supernet mixes on every edge
 * @param choices what an edge of a cell may have; among the candidates
 */
public record CellSpace(
    String name,
    int inputs,
    int nodes,
    int kept,
    boolean reduction,
    Output output,
    List<Operation> candidates,
    List<Operation> choices) {

  /** How the output of a cell is formed. */
  public enum Output {
    /** All nodes, concatenated along the channels. */
    ALL_NODES,
    /** The last node. */
    LAST_NODE
  }

  /** A place for operations: from state {@code from} to state {@code to}. */
  public record Edge(int from, int to) {}

  public CellSpace {
    candidates = List.copyOf(candidates);
    choices = List.copyOf(choices);
    if (inputs < 1 || nodes < 1 || kept < 1 || choices.isEmpty()) {
      throw new IllegalArgumentException(
          "cell space '%s': %d inputs, %d nodes, %d edges kept and %d choices, expected 1 or more"
              .formatted(name, inputs, nodes, kept, choices.size()));
    }
    if (!candidates.containsAll(choices)) {
      throw new IllegalArgumentException(
          "cell space '%s': the choices must be among the candidates".formatted(name));
    }
  }

  /** All edges a supernet has, by target and then by source: the order of architecture weights. */
  public List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (int to = inputs; to < inputs + nodes; to++) {
      for (int from = 0; from < to; from++) {
        edges.add(new Edge(from, to));
      }
    }
    return edges;
  }

  /** How many edges node {@code node} keeps; nodes are numbered from 0. */
  public int keptAt(int node) {
    return Math.min(kept, inputs + node);
  }

  /** The states whose concatenation a cell answers. */
  public List<Integer> outputs() {
    int last = inputs + nodes - 1;
    return switch (output) {
      case ALL_NODES -> IntStream.rangeClosed(inputs, last).boxed().toList();
      case LAST_NODE -> List.of(last);
    };
  }

  /** The cell with these edges into its nodes. */
  public Cell cell(List<List<Cell.Edge>> edges) {
    return require(new Cell(inputs, edges, outputs()));
  }

  /** How many cells there are, where the order of a node's edges does not count. */
  public BigInteger size() {
    BigInteger size = BigInteger.ONE;
    for (int node = 0; node < nodes; node++) {
      size =
          size.multiply(binomial(inputs + node, keptAt(node)))
              .multiply(BigInteger.valueOf(choices.size()).pow(keptAt(node)));
    }
    return size;
  }

  private static BigInteger binomial(int n, int k) {
    BigInteger result = BigInteger.ONE;
    for (int i = 1; i <= k; i++) {
      result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
    }
    return result;
  }

  /** Why a cell is not of this space, or empty if it is. */
  public Optional<String> objection(Cell cell) {
    if (cell.inputs() != inputs || cell.nodes().size() != nodes) {
      return objection(
          "has %d inputs and %d nodes, expected %d and %d"
              .formatted(cell.inputs(), cell.nodes().size(), inputs, nodes));
    }
    if (!cell.outputs().equals(outputs())) {
      return objection("answers states %s, expected %s".formatted(cell.outputs(), outputs()));
    }
    for (int node = 0; node < nodes; node++) {
      var sources = new HashSet<Integer>();
      for (Cell.Edge edge : cell.nodes().get(node)) {
        if (!choices.contains(edge.operation())) {
          return objection(
              "has the operation %s, expected one of %s"
                  .formatted(
                      edge.operation().label(),
                      String.join(", ", choices.stream().map(Operation::label).toList())));
        }
        if (!sources.add(edge.from())) {
          return objection(
              "has two edges from %d to %d, expected one".formatted(edge.from(), inputs + node));
        }
      }
      if (sources.size() != keptAt(node)) {
        return objection(
            "has %d edges into node %d, expected %d"
                .formatted(sources.size(), inputs + node, keptAt(node)));
      }
    }
    return Optional.empty();
  }

  private Optional<String> objection(String reason) {
    return Optional.of("the %s cell %s".formatted(name, reason));
  }

  private Cell require(Cell cell) {
    objection(cell)
        .ifPresent(objection -> {
          throw new IllegalArgumentException(objection);
        });
    return cell;
  }

  /** A cell drawn uniformly. */
  public Cell sample(Philox random) {
    List<List<Cell.Edge>> edges = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      Philox draws = random.trial(node);
      int sources = inputs + node;
      List<Cell.Edge> into = new ArrayList<>();
      int[] order = keptAt(node) == sources ? identity(sources) : draws.permutation(sources);
      for (int i = 0; i < keptAt(node); i++) {
        into.add(new Cell.Edge(order[i], choice(draws.below(sources + i, choices.size()))));
      }
      into.sort(Comparator.comparingInt(Cell.Edge::from));
      edges.add(into);
    }
    return cell(edges);
  }

  private static int[] identity(int count) {
    return IntStream.range(0, count).toArray();
  }

  private Operation choice(int index) {
    return choices.get(index);
  }

  /** The cells that differ in one operation or in the source of one edge. */
  public List<Cell> neighbours(Cell cell) {
    List<Cell> neighbours = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      for (int i = 0; i < cell.nodes().get(node).size(); i++) {
        Cell.Edge edge = cell.nodes().get(node).get(i);
        for (Operation operation : choices) {
          if (!operation.equals(edge.operation())) {
            neighbours.add(replace(cell, node, i, new Cell.Edge(edge.from(), operation)));
          }
        }
        for (int source : freeSources(cell, node)) {
          neighbours.add(replace(cell, node, i, new Cell.Edge(source, edge.operation())));
        }
      }
    }
    return neighbours;
  }

  /**
   * A neighbour: a node drawn uniformly, then one of its edges, then whether its operation or its
   * source changes where both can, then the new one.
   */
  public Cell mutate(Cell cell, Philox random) {
    int node = random.below(0, nodes);
    List<Cell.Edge> edges = cell.nodes().get(node);
    int i = random.below(1, edges.size());
    Cell.Edge edge = edges.get(i);
    List<Operation> others = choices.stream().filter(o -> !o.equals(edge.operation())).toList();
    List<Integer> free = freeSources(cell, node);
    if (others.isEmpty() && free.isEmpty()) {
      throw new IllegalArgumentException(
          "cell space '%s': node %d has no other operation and no other source"
              .formatted(name, inputs + node));
    }
    boolean rewire = others.isEmpty() || (!free.isEmpty() && random.below(2, 2) == 1);
    Cell.Edge changed =
        rewire
            ? new Cell.Edge(free.get(random.below(3, free.size())), edge.operation())
            : new Cell.Edge(edge.from(), others.get(random.below(3, others.size())));
    return replace(cell, node, i, changed);
  }

  private List<Integer> freeSources(Cell cell, int node) {
    List<Integer> taken = cell.nodes().get(node).stream().map(Cell.Edge::from).toList();
    return IntStream.range(0, inputs + node).boxed().filter(s -> !taken.contains(s)).toList();
  }

  private Cell replace(Cell cell, int node, int edge, Cell.Edge replacement) {
    List<List<Cell.Edge>> edges = new ArrayList<>(cell.nodes());
    List<Cell.Edge> into = new ArrayList<>(edges.get(node));
    into.set(edge, replacement);
    into.sort(Comparator.comparingInt(Cell.Edge::from));
    edges.set(node, into);
    return cell(edges);
  }

  /** Length of the encoding: edges × choices. */
  public int encodingLength() {
    return edges().size() * choices.size();
  }

  /** Writes one row of choices for each edge from {@code offset}: 1 at the operation it has. */
  void encode(Cell cell, float[] target, int offset) {
    List<Edge> edges = edges();
    for (int node = 0; node < nodes; node++) {
      for (Cell.Edge edge : cell.nodes().get(node)) {
        int row = edges.indexOf(new Edge(edge.from(), inputs + node));
        target[offset + row * choices.size() + choices.indexOf(edge.operation())] = 1;
      }
    }
  }
}
