package espalier.kernels.cpu;

import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import java.util.ArrayList;
import java.util.List;

/**
 * The loops an expression is evaluated by, in order: one per step, two steps where that is one
 * loop.
 */
final class ExprCode {
  private ExprCode() {}

  /** One loop that computes {@code value}. */
  sealed interface Op {
    /** The value it computes. */
    int value();

    /** The values it reads. */
    int[] reads();
  }

  /** Sets every element to a number. */
  record Constant(float number, int value) implements Op {
    @Override
    public int[] reads() {
      return new int[0];
    }
  }

  /** A function of one value. */
  record Unary(Fn fn, int a, int value) implements Op {
    @Override
    public int[] reads() {
      return new int[] {a};
    }
  }

  /** A function of two values. */
  record Binary(Fn fn, int a, int b, int value) implements Op {
    @Override
    public int[] reads() {
      return new int[] {a, b};
    }
  }

  /** {@code a·b + c}, rounded twice: a product that is read by one sum and nothing else. */
  record MultiplyAdd(int a, int b, int c, int value) implements Op {
    @Override
    public int[] reads() {
      return new int[] {a, b, c};
    }
  }

  /** The loops of {@code expr}. */
  static List<Op> of(Expr expr) {
    int[] uses = uses(expr);
    List<Op> code = new ArrayList<>();
    boolean[] fused = new boolean[expr.values()];
    for (int s = expr.steps().size() - 1; s >= 0; s--) {
      Expr.Step step = expr.steps().get(s);
      int value = expr.inputs() + s;
      if (!fused[value]) {
        Op op = op(expr, step, value, uses);
        if (op instanceof MultiplyAdd sum) {
          fused[sum.c() == step.b() ? step.a() : step.b()] = true;
        }
        code.add(op);
      }
    }
    return List.copyOf(code.reversed());
  }

  private static int[] uses(Expr expr) {
    int[] uses = new int[expr.values()];
    for (Expr.Step step : expr.steps()) {
      if (step.fn().arity() > 0) {
        uses[step.a()]++;
      }
      if (step.fn().arity() > 1) {
        uses[step.b()]++;
      }
    }
    for (int result : expr.results()) {
      uses[result]++;
    }
    return uses;
  }

  private static Op op(Expr expr, Expr.Step step, int value, int[] uses) {
    if (step.fn() == Fn.ADD) {
      if (isLoneProduct(expr, step.a(), uses)) {
        Expr.Step product = expr.steps().get(step.a() - expr.inputs());
        return new MultiplyAdd(product.a(), product.b(), step.b(), value);
      }
      if (isLoneProduct(expr, step.b(), uses)) {
        Expr.Step product = expr.steps().get(step.b() - expr.inputs());
        return new MultiplyAdd(product.a(), product.b(), step.a(), value);
      }
    }
    return switch (step.fn().arity()) {
      case 0 -> new Constant((float) step.constant(), value);
      case 1 -> new Unary(step.fn(), step.a(), value);
      default -> new Binary(step.fn(), step.a(), step.b(), value);
    };
  }

  private static boolean isLoneProduct(Expr expr, int value, int[] uses) {
    return value >= expr.inputs()
        && uses[value] == 1
        && expr.steps().get(value - expr.inputs()).fn() == Fn.MUL;
  }
}
