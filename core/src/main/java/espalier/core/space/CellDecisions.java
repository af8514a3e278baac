package espalier.core.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The cells of a space as rows of choices. A node that does not keep all its edges first decides
 * which sources it keeps, among all sets in lexicographic order; then each edge kept decides on its
 * operation, by source.
 */
record CellDecisions(CellSpace space) {

  /** How many options each decision has. */
  List<Integer> options() {
    List<Integer> options = new ArrayList<>();
    for (int node = 0; node < space.nodes(); node++) {
      if (isWired(node)) {
        options.add(sets(sources(node), space.keptAt(node)));
      }
      for (int edge = 0; edge < space.keptAt(node); edge++) {
        options.add(space.choices().size());
      }
    }
    return options;
  }

  /** Writes the choices of a cell from {@code offset}; answers the offset after them. */
  int write(Cell cell, int[] target, int offset) {
    int at = offset;
    for (int node = 0; node < space.nodes(); node++) {
      List<Cell.Edge> edges = new ArrayList<>(cell.nodes().get(node));
      edges.sort(Comparator.comparingInt(Cell.Edge::from));
      if (isWired(node)) {
        target[at++] = rank(edges, sources(node));
      }
      for (Cell.Edge edge : edges) {
        target[at++] = space.choices().indexOf(edge.operation());
      }
    }
    return at;
  }

  /** The cell whose choices lie from {@code offset}. */
  Cell read(int[] choices, int offset) {
    int at = offset;
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    for (int node = 0; node < space.nodes(); node++) {
      int kept = space.keptAt(node);
      int[] set = set(isWired(node) ? choices[at++] : 0, kept, sources(node));
      List<Cell.Edge> edges = new ArrayList<>();
      for (int source : set) {
        edges.add(new Cell.Edge(source, space.choices().get(choices[at++])));
      }
      nodes.add(edges);
    }
    return space.cell(nodes);
  }

  private boolean isWired(int node) {
    return space.keptAt(node) < sources(node);
  }

  private int sources(int node) {
    return space.inputs() + node;
  }

  /** The sets that precede the one of these sources. */
  private static int rank(List<Cell.Edge> edges, int sources) {
    int rank = 0;
    int least = 0;
    for (int i = 0; i < edges.size(); i++) {
      for (int skipped = least; skipped < edges.get(i).from(); skipped++) {
        rank += sets(sources - skipped - 1, edges.size() - i - 1);
      }
      least = edges.get(i).from() + 1;
    }
    return rank;
  }

  private static int[] set(int rank, int kept, int sources) {
    int[] set = new int[kept];
    int left = rank;
    int source = 0;
    for (int i = 0; i < kept; source++) {
      int behind = sets(sources - source - 1, kept - i - 1);
      if (left < behind) {
        set[i++] = source;
      } else {
        left -= behind;
      }
    }
    return set;
  }

  /** How many sets of {@code k} there are among {@code n}. */
  private static int sets(int n, int k) {
    int count = 1;
    for (int i = 1; i <= k; i++) {
      count = count * (n - k + i) / i;
    }
    return k > n ? 0 : count;
  }
}
