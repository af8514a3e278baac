package espalier.core.space;

import java.util.ArrayList;
import java.util.List;

/**
 * A directed acyclic graph with labels at its vertices, for kernels and networks over graphs.
 *
 * @param labels of the vertices
 * @param sources the vertices with an edge into each vertex; all stand before it
 */
public record LabelledGraph(List<String> labels, List<List<Integer>> sources) {
  public LabelledGraph {
    labels = List.copyOf(labels);
    sources = sources.stream().map(List::copyOf).toList();
    if (labels.isEmpty() || labels.size() != sources.size()) {
      throw new IllegalArgumentException(
          "graph: %d labels and %d lists of sources, expected as many of both, and one at least"
              .formatted(labels.size(), sources.size()));
    }
    for (int vertex = 0; vertex < labels.size(); vertex++) {
      for (int source : sources.get(vertex)) {
        if (source < 0 || source >= vertex) {
          throw new IllegalArgumentException(
              "graph: an edge into vertex %d comes from %d, expected 0 to %d"
                  .formatted(vertex, source, vertex - 1));
        }
      }
    }
  }

  /**
   * A cell with its operations at the vertices: one for each input, one for each edge that can
   * carry anything, one for the output. Two operations are joined where the state between them is,
   * so the states themselves have no vertices.
   */
  public static LabelledGraph of(Cell cell) {
    List<String> labels = new ArrayList<>();
    List<List<Integer>> sources = new ArrayList<>();
    List<List<Integer>> states = new ArrayList<>();
    for (int input = 0; input < cell.inputs(); input++) {
      states.add(List.of(labels.size()));
      labels.add("input" + input);
      sources.add(List.of());
    }
    for (List<Cell.Edge> edges : cell.nodes()) {
      List<Integer> terms = new ArrayList<>();
      for (Cell.Edge edge : edges) {
        if (!CellFlow.isZero(edge)) {
          terms.add(labels.size());
          labels.add(edge.operation().label());
          sources.add(states.get(edge.from()));
        }
      }
      states.add(terms);
    }
    labels.add("output");
    sources.add(cell.outputs().stream().flatMap(state -> states.get(state).stream()).toList());
    return new LabelledGraph(labels, sources);
  }

  /** The graphs of several cells side by side; each cell has labels of its own. */
  public static LabelledGraph of(List<Cell> cells) {
    List<String> labels = new ArrayList<>();
    List<List<Integer>> sources = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = i + ":";
      int first = labels.size();
      LabelledGraph graph = of(cells.get(i));
      graph.labels().forEach(label -> labels.add(cell + label));
      graph.sources().forEach(into -> sources.add(into.stream().map(v -> first + v).toList()));
    }
    return new LabelledGraph(labels, sources);
  }

  /** How many vertices it has. */
  public int size() {
    return labels.size();
  }
}
