package espalier.kernels.spi;

import java.util.List;

/**
 * An element-wise computation as plain data: straight-line code over numbered values. Values {@code
 * 0 … inputs − 1} are the inputs; step {@code s} defines value {@code inputs + s} from earlier
 * ones.
 *
 * @param inputs number of inputs
 * @param steps the code, at most one use of each function per step
 * @param results the values that leave the expression, one or more
 */
public record Expr(int inputs, List<Step> steps, List<Integer> results) {

  public Expr {
    steps = List.copyOf(steps);
    results = List.copyOf(results);
    for (int s = 0; s < steps.size(); s++) {
      Step step = steps.get(s);
      int defined = inputs + s;
      if ((step.fn().arity() > 0 && outside(step.a(), defined))
          || (step.fn().arity() > 1 && outside(step.b(), defined))) {
        throw new IllegalArgumentException(
            "expression: step " + s + " (" + step.fn() + ") reads a value that is not defined yet");
      }
    }
    if (results.isEmpty()) {
      throw new IllegalArgumentException("expression: no result, expected at least one");
    }
    for (int result : results) {
      if (outside(result, inputs + steps.size())) {
        throw new IllegalArgumentException("expression: result " + result + " is not defined");
      }
    }
  }

  private static boolean outside(int value, int defined) {
    return value < 0 || value >= defined;
  }

  /** Number of values, inputs included. */
  public int values() {
    return inputs + steps.size();
  }

  /**
   * One function applied to earlier values. Operands beyond the function's arity are 0; {@code
   * constant} matters to {@link Fn#CONSTANT} alone and is compared by its bits.
   */
  public record Step(Fn fn, int a, int b, double constant) {

    /** A number. */
    public static Step constant(double value) {
      return new Step(Fn.CONSTANT, 0, 0, value);
    }

    /** A function of one value. */
    public static Step of(Fn fn, int a) {
      return new Step(fn, a, 0, 0);
    }

    /** A function of two values. */
    public static Step of(Fn fn, int a, int b) {
      return new Step(fn, a, b, 0);
    }
  }

  /** The expression that answers its only input. */
  public static Expr identity() {
    return new Expr(1, List.of(), List.of(0));
  }

  /** One function of as many inputs as it takes. */
  public static Expr of(Fn fn) {
    return new Expr(
        fn.arity(), List.of(new Step(fn, 0, fn.arity() > 1 ? 1 : 0, 0)), List.of(fn.arity()));
  }
}
