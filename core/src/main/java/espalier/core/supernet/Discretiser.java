package espalier.core.supernet;

import espalier.core.space.Cell;
import espalier.core.space.CellSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns operation weights into a cell as DARTS does: each edge takes the heaviest of the operations
 * a cell may have, each node keeps the edges whose operation is heaviest. Ties go to the earlier
 * edge and operation.
 */
final class Discretiser {
  private Discretiser() {}

  /** An edge with its best operation. */
  private record Candidate(Cell.Edge edge, double weight) {}

  /** The cell that {@code weights} [edges][candidates] stand for. */
  static Cell cell(CellSpace space, double[][] weights) {
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    List<CellSpace.Edge> edges = space.edges();
    for (int node = 0; node < space.nodes(); node++) {
      List<Candidate> into = new ArrayList<>();
      for (int row = 0; row < edges.size(); row++) {
        if (edges.get(row).to() == space.inputs() + node) {
          into.add(best(space, edges.get(row), weights[row]));
        }
      }
      into.sort(Comparator.comparingDouble(Candidate::weight).reversed());
      nodes.add(
          into.stream()
              .limit(space.keptAt(node))
              .map(Candidate::edge)
              .sorted(Comparator.comparingInt(Cell.Edge::from))
              .toList());
    }
    return space.cell(nodes);
  }

  private static Candidate best(CellSpace space, CellSpace.Edge edge, double[] weights) {
    int best = -1;
    for (int column = 0; column < weights.length; column++) {
      boolean allowed = space.choices().contains(space.candidates().get(column));
      if (allowed && (best < 0 || weights[column] > weights[best])) {
        best = column;
      }
    }
    return new Candidate(new Cell.Edge(edge.from(), space.candidates().get(best)), weights[best]);
  }
}
