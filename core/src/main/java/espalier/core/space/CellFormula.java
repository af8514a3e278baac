package espalier.core.space;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell as an expression of its inputs: sums are sorted terms, identities are transparent, zeros
 * and whatever is made of zeros alone vanish, and so does what reaches no output. Coarser than
 * {@link CanonicalCell}: operations of one kind on equal terms are not told apart, be they one or
 * two, and the offset that a normalisation adds to zeros is neglected.
 */
final class CellFormula {
  private CellFormula() {}

  /** The expression; {@code reduction} if edges from inputs have stride 2. */
  static String of(Cell cell, boolean reduction) {
    List<List<String>> states = new ArrayList<>();
    for (int input = 0; input < cell.inputs(); input++) {
      states.add(List.of("in" + input));
    }
    for (List<Cell.Edge> edges : cell.nodes()) {
      List<String> sum = new ArrayList<>();
      for (Cell.Edge edge : edges) {
        boolean halves = reduction && edge.from() < cell.inputs();
        sum.addAll(terms(edge.operation(), states.get(edge.from()), halves));
      }
      states.add(sum.stream().sorted().toList());
    }
    List<String> outputs =
        cell.outputs().stream().map(output -> String.join("+", states.get(output))).toList();
    return String.join(", ", outputs.stream().sorted().toList());
  }

  private static List<String> terms(Operation operation, List<String> operand, boolean halves) {
    return switch (operation.kind(halves ? 2 : 1)) {
      case ZERO -> List.of();
      case IDENTITY -> operand;
      case FIXED, WEIGHTED ->
          operand.isEmpty()
              ? List.of()
              : List.of(
                  operation.label() + (halves ? "/2" : "") + "(" + String.join("+", operand) + ")");
    };
  }
}
