package espalier.core.space;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The notation of NAS-Bench-201: {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}, a group for each
 * node, an operation for each state before it.
 */
final class Nb201Notation {
  private Nb201Notation() {}

  /** The cell written in {@code text}, of the space's nodes and operations. */
  static Cell parse(String text, CellSpace space) {
    NotationReader reader = new NotationReader("architecture", text);
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    for (int node = 0; node < space.nodes(); node++) {
      if (node > 0) {
        reader.expect("+");
      }
      reader.expect("|");
      List<Cell.Edge> edges = new ArrayList<>();
      for (int from = 0; from < space.inputs() + node; from++) {
        Operation operation = reader.operation(space.choices());
        reader.expect("~");
        reader.number("the state", from, from);
        reader.expect("|");
        edges.add(new Cell.Edge(from, operation));
      }
      nodes.add(edges);
    }
    reader.expectEnd();
    return space.cell(nodes);
  }

  /** The cell as the benchmark writes it. */
  static String print(Cell cell) {
    return cell.nodes().stream()
        .map(edges ->
            edges.stream()
                .map(edge -> edge.operation().label() + "~" + edge.from())
                .collect(Collectors.joining("|", "|", "|")))
        .collect(Collectors.joining("+"));
  }

  /**
   * The string by which the benchmark's authors tell isomorphic cells apart: skips are transparent,
   * a zero operation and any operation of nothing but one zero is {@code #}, the terms of a sum are
   * sorted. A zero stays a term of its sum, and a skipped sum is not merged into the one around it.
   */
  static String isomorphismKey(Cell cell) {
    List<String> states = new ArrayList<>(List.of("0"));
    for (List<Cell.Edge> edges : cell.nodes()) {
      states.add(
          edges.stream()
              .map(edge -> term(edge.operation(), states.get(edge.from())))
              .sorted()
              .collect(Collectors.joining("+")));
    }
    return states.getLast();
  }

  private static String term(Operation operation, String operand) {
    if (operation == Nb201Operation.NONE || operand.equals("#")) {
      return "#";
    }
    return operation == Nb201Operation.SKIP_CONNECT
        ? operand
        : "(" + operand + ")@" + operation.label();
  }
}
