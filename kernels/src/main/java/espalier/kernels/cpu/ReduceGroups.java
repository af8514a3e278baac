package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import java.util.ArrayList;
import java.util.List;

/** The results of a reduction in groups, each computed by loops of its own. */
final class ReduceGroups {
  /*
   * Results that share operands share a loop while it stays small enough to be compiled and its
   * chains stay in registers; what two groups share is computed twice.
   */

  /** Results whose chains stay in registers beside what computes them. */
  private static final int MOST_RESULTS = 8;

  /**
   * One group.
   *
   * @param piece the code of its results
   * @param first its first result
   */
  record Group(ExprPieces.Piece piece, int first) {}

  private ReduceGroups() {}

  /** The groups of a call's results, in order. */
  static List<Group> of(Call.Reduce call) {
    Expr expr = call.expr();
    int results = expr.results().size();
    List<Group> groups = new ArrayList<>();
    int first = 0;
    while (first < results) {
      ExprPieces.Piece piece = piece(expr, first, first + 1);
      int next = first + 1;
      while (next < results && next - first < MOST_RESULTS) {
        ExprPieces.Piece more = piece(expr, first, next + 1);
        if (LoopCode.cost(more.expr()) > LoopCode.LARGEST / 2) {
          break;
        }
        piece = more;
        next++;
      }
      groups.add(new Group(piece, first));
      first = next;
    }
    return groups;
  }

  private static ExprPieces.Piece piece(Expr expr, int from, int to) {
    return ExprPieces.whole(expr, expr.results().subList(from, to));
  }

  /** What takes a result into its chains. */
  static LoopCode.Sink sink(Call.Reduce.Kind kind) {
    return switch (kind) {
      case SUM -> LoopCode.Sink.SUM;
      case MAX -> LoopCode.Sink.MAX;
    };
  }
}
