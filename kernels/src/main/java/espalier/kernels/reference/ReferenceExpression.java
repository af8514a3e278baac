package espalier.kernels.reference;

import espalier.kernels.spi.Expr;

/** Interprets an {@link Expr} at one point. */
final class ReferenceExpression {
  private final Expr expr;
  private final double[] values;

  ReferenceExpression(Expr expr) {
    this.expr = expr;
    this.values = new double[expr.values()];
  }

  /** Sets input {@code index} of the next evaluation. */
  void input(int index, double value) {
    values[index] = value;
  }

  void evaluate() {
    int next = expr.inputs();
    for (Expr.Step step : expr.steps()) {
      values[next++] = apply(step);
    }
  }

  /** Result {@code index} of the latest evaluation. */
  double result(int index) {
    return values[expr.results().get(index)];
  }

  private double apply(Expr.Step step) {
    double a = step.fn().arity() > 0 ? values[step.a()] : 0;
    double b = step.fn().arity() > 1 ? values[step.b()] : 0;
    return switch (step.fn()) {
      case CONSTANT -> step.constant();
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SQRT -> Math.sqrt(a);
      case EXP -> StrictMath.exp(a);
      case LOG -> StrictMath.log(a);
      case TANH -> StrictMath.tanh(a);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
      case RELU -> a < 0 ? 0 : a;
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
    };
  }
}
