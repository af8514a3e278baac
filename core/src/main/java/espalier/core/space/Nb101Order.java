package espalier.core.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The canonical order of the vertices of a cell of NAS-Bench-101, and the cells that differ in it.
 */
final class Nb101Order {
  /*
   * A cell whose vertices all lie on paths is written as a number, a byte for each vertex but the
   * input: its operation and the column of its sources. The code of a cell is the least number over
   * all topological orders, so isomorphic cells share it and others do not. The order is built from
   * the input on: among the vertices whose sources are placed only those with the least byte can
   * come next, and vertices that tie are all tried. No byte is 0, so the length tells the vertices.
   */
  private static final int BYTE = 8;
  private static final int COLUMN = 6;

  private final Nb101Cell cell;
  private final int[] positions;
  private long least = Long.MAX_VALUE;

  private Nb101Order(Nb101Cell cell) {
    this.cell = cell;
    this.positions = new int[cell.vertices()];
  }

  /** The number that a cell shares with those isomorphic to it; it has a path. */
  static long code(Nb101Cell cell) {
    if (!cell.isConnected()) {
      throw new IllegalArgumentException(
          "NAS-Bench-101 cell: no path from input to output, expected one");
    }
    Nb101Order order = new Nb101Order(cell.pruned());
    order.place(1, 1, 0);
    return order.least;
  }

  private void place(int position, int placed, long code) {
    int output = cell.vertices() - 1;
    if (position == output) {
      least = Math.min(least, code << BYTE | column(output));
      return;
    }
    int next = Integer.MAX_VALUE;
    for (int vertex = 1; vertex < output; vertex++) {
      if (isOpen(vertex, placed)) {
        next = Math.min(next, symbol(vertex));
      }
    }
    for (int vertex = 1; vertex < output; vertex++) {
      if (isOpen(vertex, placed) && symbol(vertex) == next) {
        positions[vertex] = position;
        place(position + 1, placed | 1 << vertex, code << BYTE | next);
      }
    }
  }

  /** Whether a vertex is not placed but all its sources are. */
  private boolean isOpen(int vertex, int placed) {
    return (placed >>> vertex & 1) == 0 && (cell.sources(vertex) & ~placed) == 0;
  }

  private int symbol(int vertex) {
    return cell.operations().get(vertex - 1).position() << COLUMN | column(vertex);
  }

  /** The positions of the sources of a vertex, a bit for each. */
  private int column(int vertex) {
    int column = 0;
    for (int rest = cell.sources(vertex); rest != 0; rest &= rest - 1) {
      column |= 1 << positions[Integer.numberOfTrailingZeros(rest)];
    }
    return column;
  }

  /** The cell of a code. */
  static Nb101Cell cell(long code) {
    int vertices = (Long.SIZE - Long.numberOfLeadingZeros(code) + BYTE - 1) / BYTE + 1;
    List<Nb101Operation> operations = new ArrayList<>();
    int edges = 0;
    for (int vertex = 1; vertex < vertices; vertex++) {
      int symbol = (int) (code >>> ((vertices - 1 - vertex) * BYTE)) & ((1 << BYTE) - 1);
      edges |= (symbol & ((1 << COLUMN) - 1)) << Nb101Cell.pairs(vertex);
      if (vertex < vertices - 1) {
        operations.add(Nb101Operation.all().get(symbol >>> COLUMN));
      }
    }
    return new Nb101Cell(operations, edges);
  }

  /**
   * The codes of all cells of exactly so many vertices, each on a path, in ascending order: those
   * of the bare graphs first, then those of their labellings.
   */
  static LongStream codes(int vertices, int mostEdges) {
    int all = (1 << vertices) - 1;
    List<Nb101Operation> bare = Collections.nCopies(vertices - 2, Nb101Operation.all().getFirst());
    return LongStream.range(0, 1L << Nb101Cell.pairs(vertices))
        .filter(edges ->
            Long.bitCount(edges) <= mostEdges && Nb101Cell.live(vertices, (int) edges) == all)
        .map(edges -> code(new Nb101Cell(bare, (int) edges)))
        .distinct()
        .flatMap(graph -> labellings(cell(graph)))
        .distinct()
        .sorted();
  }

  private static LongStream labellings(Nb101Cell graph) {
    int count = power(Nb101Operation.all().size(), graph.operations().size());
    return LongStream.range(0, count)
        .map(number ->
            code(new Nb101Cell(labels(number, graph.operations().size()), graph.edges())));
  }

  private static List<Nb101Operation> labels(long number, int count) {
    List<Nb101Operation> labels = new ArrayList<>();
    long rest = number;
    for (int i = 0; i < count; i++) {
      labels.add(Nb101Operation.all().get((int) (rest % Nb101Operation.all().size())));
      rest /= Nb101Operation.all().size();
    }
    return labels;
  }

  /** A whole power. */
  static int power(int base, int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }
}
