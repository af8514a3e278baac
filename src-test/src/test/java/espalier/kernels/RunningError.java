package espalier.kernels;

import espalier.kernels.spi.Expr;
import java.util.List;

/**
 * Evaluates an expression in double and, beside each value, a bound on the error a float evaluation
 * has there: what the operands' errors grow to, plus the rounding of the step [Wilkinson's running
 * error analysis]. Infinite where nothing can be said: next to a jump, a pole, or the ends of the
 * float range.
 */
final class RunningError {
  private static final double COMFORTABLE = 1e30;

  private final Expr expr;
  private final double[] values;
  private final double[] errors;

  RunningError(Expr expr) {
    this.expr = expr;
    this.values = new double[expr.values()];
    this.errors = new double[expr.values()];
  }

  /** Bounds of the results for exact {@code inputs}. */
  double[] bounds(double[] inputs) {
    System.arraycopy(inputs, 0, values, 0, inputs.length);
    for (int s = 0; s < expr.steps().size(); s++) {
      step(expr.steps().get(s), expr.inputs() + s);
    }
    List<Integer> results = expr.results();
    return results.stream().mapToDouble(result -> errors[result]).toArray();
  }

  private void step(Expr.Step step, int defined) {
    double a = step.fn().arity() > 0 ? values[step.a()] : 0;
    double b = step.fn().arity() > 1 ? values[step.b()] : 0;
    double ea = step.fn().arity() > 0 ? errors[step.a()] : 0;
    double eb = step.fn().arity() > 1 ? errors[step.b()] : 0;
    double e = ea + eb;
    double never = Double.POSITIVE_INFINITY;
    switch (step.fn()) {
      case CONSTANT -> define(defined, step.constant(), 0, 1);
      case NEG -> define(defined, -a, ea, 0);
      case ABS -> define(defined, Math.abs(a), ea, 0);
      case RELU -> define(defined, a < 0 ? 0 : a, ea, 0);
      case MAX -> define(defined, Math.max(a, b), Math.max(ea, eb), 0);
      case MIN -> define(defined, Math.min(a, b), Math.max(ea, eb), 0);
      case ADD -> define(defined, a + b, e, 1);
      case SUB -> define(defined, a - b, e, 1);
      case MUL -> define(defined, a * b, Math.abs(a) * eb + Math.abs(b) * ea + ea * eb, 1);
      case DIV -> {
        double nearest = Math.abs(b) - eb;
        double grown = e == 0 ? 0 : nearest > 0 ? (ea + Math.abs(a / b) * eb) / nearest : never;
        define(defined, a / b, grown, 1);
      }
      case SQRT ->
          define(defined, Math.sqrt(a), ea == 0 ? 0 : a > ea ? ea / Math.sqrt(a - ea) : never, 1);
      case EXP -> define(defined, Math.exp(a), Math.exp(a) * Math.expm1(ea), functionRoundings());
      case LOG ->
          define(
              defined,
              Math.log(a),
              ea == 0 ? 0 : a > ea ? ea / (a - ea) : never,
              functionRoundings());
      case TANH -> define(defined, Math.tanh(a), ea, functionRoundings());
      case SIGMOID -> define(defined, 1 / (1 + Math.exp(-a)), ea, functionRoundings());
      case GREATER -> define(defined, a > b ? 1 : 0, e > 0 && Math.abs(a - b) <= e ? never : 0, 0);
      case GREATER_EQUAL ->
          define(defined, a >= b ? 1 : 0, e > 0 && Math.abs(a - b) <= e ? never : 0, 0);
    }
    if (Double.isInfinite(e)) {
      errors[defined] = never;
    }
  }

  /** A unit in the last place is at most two roundings. */
  private static int functionRoundings() {
    return 2 * FunctionBound.ULPS;
  }

  private void define(int index, double value, double grown, int roundings) {
    values[index] = value;
    errors[index] = roundings == 0 ? grown : rounded(Math.abs(value), grown, roundings);
  }

  private static double rounded(double size, double grown, int roundings) {
    boolean comfortable = size == 0 || (size < COMFORTABLE && size > 1 / COMFORTABLE);
    return comfortable && Double.isFinite(grown)
        ? grown + ErrorBound.gamma(roundings) * (size + grown)
        : Double.POSITIVE_INFINITY;
  }
}
