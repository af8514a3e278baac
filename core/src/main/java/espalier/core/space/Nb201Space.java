package espalier.core.space;

import espalier.core.nn.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The space of NAS-Bench-201 [Dong and Yang 2020]: one cell of three nodes, an operation on each of
 * its six edges. Numbered as the benchmark numbers them.
 *
 * @param search the network that is searched in
 * @param evaluation the network a cell stands for
 */
public record Nb201Space(Nb201Macro search, Nb201Macro evaluation)
    implements CellBased<Cell>, Enumerable<Cell> {
  private static final int NODES = 3;
  private static final CellSpace CELL_SPACE =
      new CellSpace(
          "cell",
          1,
          NODES,
          NODES,
          false,
          CellSpace.Output.LAST_NODE,
          Nb201Operation.all(),
          Nb201Operation.all());
  private static final int COUNT = CELL_SPACE.size().intValueExact();
  private static final int[] LEXICOGRAPHIC = Nb201Order.lexicographic(COUNT);
  private static final int[] OFFICIAL = Nb201Order.official(LEXICOGRAPHIC);

  /** The benchmark's networks: 16 channels, 5 cells per stage. */
  public static Nb201Space standard() {
    return new Nb201Space(Nb201Macro.standard(), Nb201Macro.standard());
  }

  @Override
  public String name() {
    return "nas-bench-201";
  }

  @Override
  public List<CellSpace> cellSpaces() {
    return List.of(CELL_SPACE);
  }

  @Override
  public List<Cell> cells(Cell cell) {
    return List.of(cell);
  }

  @Override
  public Cell ofCells(List<Cell> cells) {
    return cells.getFirst();
  }

  @Override
  public Network supernet(int classes, List<CellBuilder> builders) {
    return search.network(Site.Form.SEARCH, classes, builders.getFirst());
  }

  @Override
  public String print(Cell cell) {
    return Nb201Notation.print(cell);
  }

  @Override
  public Cell parse(String text) {
    return Nb201Notation.parse(text, CELL_SPACE);
  }

  /**
   * The key by which the benchmark's authors find isomorphic cells. It keeps apart some cells that
   * {@link #canonical} equates, for it neither drops zeros from sums nor merges a skipped sum into
   * the one around it; and it equates one convolution used twice with two convolutions.
   */
  public String isomorphismKey(Cell cell) {
    return Nb201Notation.isomorphismKey(cell);
  }

  @Override
  public Network proxy(Cell cell, int classes) {
    return search.network(cell, classes);
  }

  @Override
  public Network model(Cell cell, int classes) {
    return evaluation.network(cell, classes);
  }

  @Override
  public int count() {
    return COUNT;
  }

  /** The cell with the benchmark's index. */
  @Override
  public Cell at(int index) {
    if (index < 0 || index >= COUNT) {
      throw new IllegalArgumentException(
          "NAS-Bench-201: index %d, expected 0 to %d".formatted(index, COUNT - 1));
    }
    List<CellSpace.Edge> edges = CELL_SPACE.edges();
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    for (int node = 0; node < NODES; node++) {
      nodes.add(new ArrayList<>());
    }
    int divisor = COUNT;
    for (CellSpace.Edge edge : edges) {
      divisor /= CELL_SPACE.choices().size();
      int digit = LEXICOGRAPHIC[index] / divisor % CELL_SPACE.choices().size();
      nodes.get(edge.to() - 1).add(new Cell.Edge(edge.from(), CELL_SPACE.choices().get(digit)));
    }
    return CELL_SPACE.cell(nodes);
  }

  @Override
  public int indexOf(Cell cell) {
    int position = 0;
    for (List<Cell.Edge> edges : CELL_SPACE.cell(cell.nodes()).nodes()) {
      for (Cell.Edge edge : bySource(edges)) {
        position =
            position * CELL_SPACE.choices().size() + CELL_SPACE.choices().indexOf(edge.operation());
      }
    }
    return OFFICIAL[position];
  }

  private static List<Cell.Edge> bySource(List<Cell.Edge> edges) {
    return edges.stream().sorted(Comparator.comparingInt(Cell.Edge::from)).toList();
  }
}
