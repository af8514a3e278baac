package espalier.core.space;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a cell of NAS-Bench-101 as its vertices, each with its row of the matrix above the
 * diagonal: {@code input:101 conv3x3-bn-relu:01 maxpool3x3:1 output} has edges from the input to
 * the convolution and to the output, and from both operations to the output.
 */
final class Nb101Notation {
  private Nb101Notation() {}

  /** The cell as text. */
  static String print(Nb101Cell cell) {
    StringBuilder text = new StringBuilder("input");
    for (int from = 0; from < cell.vertices() - 1; from++) {
      if (from > 0) {
        text.append(' ').append(cell.operations().get(from - 1).label());
      }
      text.append(':');
      for (int to = from + 1; to < cell.vertices(); to++) {
        text.append(cell.hasEdge(from, to) ? '1' : '0');
      }
    }
    return text.append(" output").toString();
  }

  /** The cell written in {@code text}, of at most so many vertices. */
  static Nb101Cell parse(String text, int mostVertices) {
    NotationReader reader = new NotationReader("architecture", text);
    List<Nb101Operation> operations = new ArrayList<>();
    reader.expect("input");
    reader.expect(":");
    List<Boolean> input = new ArrayList<>();
    while (input.size() < mostVertices - 1 && (reader.comes("0") || reader.comes("1"))) {
      input.add(edge(reader));
    }
    if (input.isEmpty()) {
      throw reader.error("'0' or '1'");
    }
    int vertices = input.size() + 1;
    int edges = 0;
    for (int from = 0; from < vertices - 1; from++) {
      if (from > 0) {
        operations.add(operation(reader));
        reader.expect(":");
      }
      for (int to = from + 1; to < vertices; to++) {
        boolean isEdge = from == 0 ? input.get(to - 1) : edge(reader);
        edges |= isEdge ? 1 << Nb101Cell.bit(from, to) : 0;
      }
    }
    reader.expect("output");
    reader.expectEnd();
    return new Nb101Cell(operations, edges);
  }

  private static boolean edge(NotationReader reader) {
    if (reader.accept("1")) {
      return true;
    }
    if (reader.accept("0")) {
      return false;
    }
    throw reader.error("'0' or '1'");
  }

  private static Nb101Operation operation(NotationReader reader) {
    for (Nb101Operation operation : Nb101Operation.all()) {
      if (reader.accept(operation.label())) {
        return operation;
      }
    }
    throw reader.error(
        "one of "
            + String.join(", ", Nb101Operation.all().stream().map(Nb101Operation::label).toList()));
  }
}
