package espalier.core.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A cell of NAS-Bench-101 [Ying et al. 2019]: a directed acyclic graph with an operation at each
 * vertex but the first, the input, and the last, the output. Vertices that lie on no path between
 * those two may be among them; they are no part of the function.
 *
 * @param operations at the vertices between input and output
 * @param edges a bit for each pair of vertices, the edge from i to j > i at {@link #bit}: the
 *     matrix above its diagonal, column by column
 */
public record Nb101Cell(List<Nb101Operation> operations, int edges) {
  /** The most vertices of a cell, input and output included. */
  public static final int MOST_VERTICES = 7;

  public Nb101Cell {
    operations = List.copyOf(operations);
    int vertices = operations.size() + 2;
    if (vertices > MOST_VERTICES || edges >>> pairs(vertices) != 0) {
      throw new IllegalArgumentException(
          "NAS-Bench-101 cell: %d vertices and edges %s, expected at most %d vertices and edges among them"
              .formatted(vertices, Integer.toBinaryString(edges), MOST_VERTICES));
    }
  }

  /** How many edges so many vertices can have. */
  static int pairs(int vertices) {
    return vertices * (vertices - 1) / 2;
  }

  /** The place of the bit of an edge, {@code from < to}. */
  static int bit(int from, int to) {
    return pairs(to) + from;
  }

  /** Input, operations and output. */
  public int vertices() {
    return operations.size() + 2;
  }

  /** Whether there is an edge between two vertices, {@code from < to}. */
  public boolean hasEdge(int from, int to) {
    return (edges >>> bit(from, to) & 1) == 1;
  }

  /** The vertices with an edge to this one, a bit for each. */
  int sources(int vertex) {
    return sources(edges, vertex);
  }

  private static int sources(int edges, int vertex) {
    return edges >>> pairs(vertex) & (1 << vertex) - 1;
  }

  /** The vertices on a path from the input to the output, a bit for each; none without a path. */
  static int live(int vertices, int edges) {
    int reached = 1;
    for (int vertex = 1; vertex < vertices; vertex++) {
      reached |= (sources(edges, vertex) & reached) == 0 ? 0 : 1 << vertex;
    }
    int read = 1 << (vertices - 1);
    for (int vertex = vertices - 1; vertex > 0; vertex--) {
      read |= (read >>> vertex & 1) == 0 ? 0 : sources(edges, vertex);
    }
    int live = reached & read;
    return (live & 1) == 0 || live >>> (vertices - 1) == 0 ? 0 : live;
  }

  /** How many edges join vertices of a set. */
  static int edgesAmong(int live, int edges) {
    int count = 0;
    for (int rest = live; rest != 0; rest &= rest - 1) {
      int vertex = Integer.numberOfTrailingZeros(rest);
      count += Integer.bitCount(sources(edges, vertex) & live);
    }
    return count;
  }

  /** Whether there is a path from the input to the output. */
  public boolean isConnected() {
    return live(vertices(), edges) != 0;
  }

  /** The edges on paths from the input to the output. */
  public int liveEdges() {
    return edgesAmong(live(vertices(), edges), edges);
  }

  /**
   * The vertices and edges that lie on a path from the input to the output; without a path, a cell
   * of no edge.
   */
  public Nb101Cell pruned() {
    int live = live(vertices(), edges);
    if (live == 0) {
      return new Nb101Cell(List.of(), 0);
    }
    List<Nb101Operation> kept = new ArrayList<>();
    int keptEdges = 0;
    int to = 0;
    for (int vertex = 0; vertex < vertices(); vertex++) {
      if ((live >>> vertex & 1) == 1) {
        if (vertex > 0 && vertex < vertices() - 1) {
          kept.add(operations.get(vertex - 1));
        }
        keptEdges |= Integer.compress(sources(vertex), live) << pairs(to);
        to++;
      }
    }
    return new Nb101Cell(kept, keptEdges);
  }

  /** The same function with vertices of no edge before the output. */
  public Nb101Cell widened(int vertices) {
    if (vertices < vertices()) {
      throw new IllegalArgumentException(
          "NAS-Bench-101 cell: has %d vertices, cannot be widened to %d"
              .formatted(vertices(), vertices));
    }
    List<Nb101Operation> padded = new ArrayList<>(operations);
    padded.addAll(Collections.nCopies(vertices - vertices(), Nb101Operation.all().getFirst()));
    int inner = edges & (1 << pairs(vertices() - 1)) - 1;
    return new Nb101Cell(padded, inner | sources(vertices() - 1) << pairs(vertices - 1));
  }

  /**
   * The cell that all isomorphic ones have in common: pruned, its vertices in the order of {@link
   * Nb101Order}.
   */
  public Nb101Cell canonical() {
    return Nb101Order.cell(Nb101Order.code(this));
  }

  /** What is on paths, for kernels and networks over graphs. */
  public LabelledGraph graph() {
    Nb101Cell pruned = pruned();
    List<String> labels = new ArrayList<>(List.of("input"));
    pruned.operations.forEach(operation -> labels.add(operation.label()));
    labels.add("output");
    List<List<Integer>> sources = new ArrayList<>();
    for (int to = 0; to < labels.size(); to++) {
      List<Integer> into = new ArrayList<>();
      for (int from = 0; from < to; from++) {
        if (pruned.hasEdge(from, to)) {
          into.add(from);
        }
      }
      sources.add(into);
    }
    return new LabelledGraph(labels, sources);
  }
}
