package espalier.kernels.cpu;

import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import java.util.List;

/**
 * What a compiled loop computes, free of offsets and sizes: each round evaluates an expression for
 * some neighbouring vectors of points, and stores its results or takes them into chains.
 *
 * @param expr its inputs are the sources
 * @param sources how each source is found
 * @param sink what becomes of the results
 * @param vectors vectors of points of a round
 * @param chains vectors of chains per result: vector {@code v} of a round is taken into vector
 *     {@code v mod chains}; 0 where results are stored
 * @param pitched whether the rounds are some pitch apart instead of next to each other
 * @param bits bits of a vector
 */
record LoopCode(
    Expr expr,
    List<Source> sources,
    Sink sink,
    int vectors,
    int chains,
    boolean pitched,
    int bits) {
  /** Cost of all vectors of a round that the compiler deals with in a fraction of a second. */
  static final int LARGEST = 128;

  LoopCode {
    sources = List.copyOf(sources);
  }

  /** How a source is found. */
  enum Source {
    /** Element {@code i} belongs to point {@code i}. */
    MOVING,
    /** The elements of the first round are those of every round. */
    REPEATED,
    /** One element for all points. */
    SCALAR
  }

  /** What becomes of the results. */
  enum Sink {
    /** They are stored. */
    STORE,
    /** They are added to chains. */
    SUM,
    /** Chains take their maximum. */
    MAX
  }

  /** Vector instructions of the body for one vector of points, about. */
  int cost() {
    return cost(expr) + (int) sources.stream().filter(s -> s == Source.MOVING).count();
  }

  /** Vector instructions of an expression, about. */
  static int cost(Expr expr) {
    return expr.steps().stream().mapToInt(step -> cost(step.fn())).sum();
  }

  /** Vector instructions of a function, about. */
  static int cost(Fn fn) {
    return switch (fn) {
      case CONSTANT -> 0;
      case ADD, SUB, MUL, DIV, NEG, ABS, SQRT -> 1;
      case RELU, GREATER, GREATER_EQUAL -> 2;
      case MAX, MIN -> 5;
      case EXP -> 20;
      case LOG, SIGMOID -> 28;
      case TANH -> 40;
    };
  }
}
