package espalier.core.space;

import java.util.List;
import java.util.Objects;

/**
 * A cell as a value: a directed acyclic graph whose nodes sum what their edges bring. States are
 * numbered: first the inputs, then the nodes in order.
 *
 * @param inputs how many tensors enter
 * @param nodes the edges into each node, at least one; they come from states before it
 * @param outputs the states whose concatenation along the channels is the cell's output
 */
public record Cell(int inputs, List<List<Edge>> nodes, List<Integer> outputs) {
  private static final int HASH_STEP = 0x9E3779B1;

  /** An edge into a node: the operation applied to state {@code from}. */
  public record Edge(int from, Operation operation) {
    public Edge {
      Objects.requireNonNull(operation);
    }
  }

  public Cell {
    nodes = nodes.stream().map(List::copyOf).toList();
    outputs = List.copyOf(outputs);
    if (inputs < 1 || nodes.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "cell: %d inputs, %d nodes and %d outputs, expected at least one of each"
              .formatted(inputs, nodes.size(), outputs.size()));
    }
    for (int node = 0; node < nodes.size(); node++) {
      int state = inputs + node;
      if (nodes.get(node).isEmpty()) {
        throw new IllegalArgumentException("cell: node %d has no edges".formatted(state));
      }
      for (Edge edge : nodes.get(node)) {
        if (edge.from() < 0 || edge.from() >= state) {
          throw new IllegalArgumentException(
              "cell: an edge into node %d comes from %d, expected 0 to %d"
                  .formatted(state, edge.from(), state - 1));
        }
      }
    }
    for (int output : outputs) {
      if (output < 0 || output >= inputs + nodes.size()) {
        throw new IllegalArgumentException(
            "cell: output %d, expected 0 to %d".formatted(output, inputs + nodes.size() - 1));
      }
    }
  }

  /**
   * Of nodes with a wide step: with that of lists, cells that exchange two edges would share one.
   */
  @Override
  public int hashCode() {
    int hash = inputs;
    for (List<Edge> edges : nodes) {
      hash = HASH_STEP * hash + edges.hashCode();
    }
    return HASH_STEP * hash + outputs.hashCode();
  }

  /** How many states it has: inputs and nodes. */
  public int states() {
    return inputs + nodes.size();
  }
}
