package espalier.core.space;

import java.util.List;

/** What can flow through a cell: along which edges an input reaches an output. */
public final class CellFlow {
  private final Cell cell;

  /** Whether an input reaches a state. */
  private final boolean[] reached;

  /** Whether a state reaches an output. */
  private final boolean[] used;

  public CellFlow(Cell cell) {
    this.cell = cell;
    this.reached = new boolean[cell.states()];
    this.used = new boolean[cell.states()];
    for (int state = 0; state < cell.states(); state++) {
      reached[state] =
          state < cell.inputs() || into(state).stream().anyMatch(e -> reached[e.from()]);
    }
    cell.outputs().forEach(output -> used[output] = true);
    for (int state = cell.states() - 1; state >= cell.inputs(); state--) {
      if (used[state]) {
        into(state).forEach(edge -> used[edge.from()] = true);
      }
    }
  }

  /** The edges into a state that are not zeros. */
  private List<Cell.Edge> into(int state) {
    int node = state - cell.inputs();
    return cell.nodes().get(node).stream().filter(edge -> !isZero(edge)).toList();
  }

  /** Whether an operation answers zeros, which it does at every stride or at none. */
  static boolean isZero(Cell.Edge edge) {
    return edge.operation().kind(1) == Operation.Kind.ZERO;
  }

  /** Whether an input reaches an output. */
  public boolean isConnected() {
    return cell.outputs().stream().anyMatch(output -> reached[output]);
  }

  /** Whether every edge that is not zeros lies on a path from an input to an output. */
  public boolean isWithoutDeadEdges() {
    for (int state = cell.inputs(); state < cell.states(); state++) {
      for (Cell.Edge edge : into(state)) {
        if (!reached[edge.from()] || !used[state]) {
          return false;
        }
      }
    }
    return true;
  }
}
