package espalier.kernels.cpu;

import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** An expression cut into pieces that are small enough to be compiled. */
final class ExprPieces {
  /*
   * Steps are put in the order in which a depth-first walk from the results needs them, so a sum of
   * many terms is added up term by term and few values live at any place. The order is cut where
   * fewest do.
   */

  /**
   * One piece.
   *
   * @param expr its code, numbered for itself
   * @param sources the values of the whole expression it reads, by input
   * @param results the values of the whole expression it computes or passes on, by result
   */
  record Piece(Expr expr, int[] sources, int[] results) {}

  /**
   * Sources of a piece: each is an array to be checked, and the compiler's time grows with them.
   */
  private static final int MOST_SOURCES = 50;

  private final Expr whole;
  private final IntUnaryOperator loadCost;
  private final int limit;
  private final int[] order;

  /** For each value the position in the order of the step that reads it last. */
  private final int[] lastUse;

  private final int[] definedAt;

  private ExprPieces(Expr whole, IntUnaryOperator loadCost, int limit) {
    this.whole = whole;
    this.loadCost = loadCost;
    this.limit = limit;
    this.order = order(whole);
    this.lastUse = new int[whole.values()];
    this.definedAt = new int[whole.values()];
    Arrays.fill(lastUse, -1);
    Arrays.fill(definedAt, -1);
    for (int at = 0; at < order.length; at++) {
      definedAt[order[at]] = at;
      for (int read : reads(order[at])) {
        lastUse[read] = at;
      }
    }
  }

  /**
   * Cuts an expression.
   *
   * @param loadCost what reading an input adds to a piece's {@link LoopCode#cost}
   * @param limit cost of a piece, unless one step is worth more
   */
  static List<Piece> of(Expr expr, IntUnaryOperator loadCost, int limit) {
    return new ExprPieces(expr, loadCost, limit).cut();
  }

  /** The whole expression as one piece that has the given results only. */
  static Piece whole(Expr expr, List<Integer> results) {
    Expr part = new Expr(expr.inputs(), expr.steps(), results);
    ExprPieces pieces = new ExprPieces(part, input -> 0, Integer.MAX_VALUE);
    return pieces.piece(0, pieces.order.length);
  }

  /** The steps that the results need, without constants, as values. */
  private static int[] order(Expr expr) {
    List<Integer> order = new ArrayList<>();
    boolean[] placed = new boolean[expr.values()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int result : expr.results()) {
      open.push(result);
      while (!open.isEmpty()) {
        int value = open.peek();
        int before = open.size();
        int[] reads = reads(expr, value);
        for (int k = reads.length - 1; k >= 0; k--) {
          if (!placed[reads[k]] && isComputed(expr, reads[k])) {
            open.push(reads[k]);
          }
        }
        if (open.size() == before) {
          open.pop();
          if (!placed[value] && isComputed(expr, value)) {
            placed[value] = true;
            order.add(value);
          }
        }
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static boolean isComputed(Expr expr, int value) {
    return value >= expr.inputs() && step(expr, value).fn() != Fn.CONSTANT;
  }

  private static Expr.Step step(Expr expr, int value) {
    return expr.steps().get(value - expr.inputs());
  }

  private static int[] reads(Expr expr, int value) {
    if (value < expr.inputs()) {
      return new int[0];
    }
    Expr.Step step = step(expr, value);
    return switch (step.fn().arity()) {
      case 0 -> new int[0];
      case 1 -> new int[] {step.a()};
      default -> new int[] {step.a(), step.b()};
    };
  }

  private int[] reads(int value) {
    return reads(whole, value);
  }

  private List<Piece> cut() {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    while (from < order.length) {
      int to = fitting(from);
      if (to < order.length) {
        to = thinnest(from, to);
      }
      pieces.add(piece(from, to));
      from = to;
    }
    if (pieces.isEmpty()) {
      pieces.add(piece(0, 0));
    }
    return pieces;
  }

  /** The furthest end of a piece that begins at {@code from}. */
  private int fitting(int from) {
    boolean[] loaded = new boolean[whole.values()];
    int cost = 0;
    int sources = 0;
    for (int at = from; at < order.length; at++) {
      cost += LoopCode.cost(step(whole, order[at]).fn());
      for (int read : reads(order[at])) {
        if (!loaded[read] && definedAt[read] < from) {
          loaded[read] = true;
          sources++;
          cost += read < whole.inputs() ? loadCost.applyAsInt(read) : 1;
        }
      }
      if ((cost > limit || sources > MOST_SOURCES) && at > from) {
        return at;
      }
    }
    return order.length;
  }

  /** The last of the ends between half of the piece and all of it where fewest values live. */
  private int thinnest(int from, int to) {
    int best = to;
    int fewest = Integer.MAX_VALUE;
    for (int end = to; end > (from + to) / 2; end--) {
      int live = 0;
      for (int at = 0; at < end; at++) {
        live += lastUse[order[at]] >= end ? 1 : 0;
      }
      if (live < fewest) {
        fewest = live;
        best = end;
      }
    }
    return best;
  }

  /** The piece of the steps from {@code from} to before {@code to} of the order. */
  private Piece piece(int from, int to) {
    boolean last = to == order.length;
    List<Integer> results = new ArrayList<>();
    for (int at = from; at < to; at++) {
      int value = order[at];
      if (!whole.results().contains(value) && lastUse[value] >= to) {
        results.add(value);
      }
    }
    for (int result : whole.results()) {
      boolean here = definedAt[result] >= from && definedAt[result] < to;
      if (here || (last && definedAt[result] < 0)) {
        results.add(result);
      }
    }
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int at = from; at < to; at++) {
      for (int read : reads(order[at])) {
        number(read, from, numbers);
      }
    }
    for (int result : results) {
      number(result, from, numbers);
    }
    int[] sources = numbers.keySet().stream().mapToInt(Integer::intValue).toArray();
    List<Expr.Step> steps = new ArrayList<>();
    for (int at = from; at < to; at++) {
      addStep(order[at], numbers, steps, sources.length);
    }
    List<Integer> leaving =
        results.stream().map(value -> numbered(value, numbers, steps, sources.length)).toList();
    int[] values = results.stream().mapToInt(Integer::intValue).toArray();
    return new Piece(new Expr(sources.length, steps, leaving), sources, values);
  }

  /** Makes {@code value} a source if it comes from outside. */
  private void number(int value, int from, Map<Integer, Integer> numbers) {
    boolean outside = value < whole.inputs() || (definedAt[value] >= 0 && definedAt[value] < from);
    if (outside && !numbers.containsKey(value)) {
      numbers.put(value, numbers.size());
    }
  }

  private void addStep(int value, Map<Integer, Integer> numbers, List<Expr.Step> steps, int in) {
    Expr.Step step = step(whole, value);
    int a = step.fn().arity() > 0 ? numbered(step.a(), numbers, steps, in) : 0;
    int b = step.fn().arity() > 1 ? numbered(step.b(), numbers, steps, in) : 0;
    numbers.put(value, in + steps.size());
    steps.add(new Expr.Step(step.fn(), a, b, step.constant()));
  }

  /** The piece's number of a value; a constant is defined where it is first read. */
  private int numbered(
      int value, Map<Integer, Integer> numbers, List<Expr.Step> steps, int sources) {
    Integer number = numbers.get(value);
    if (number != null) {
      return number;
    }
    addStep(value, numbers, steps, sources);
    return sources + steps.size() - 1;
  }
}
