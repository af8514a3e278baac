package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Element-wise calls. */
final class MapCases {
  private static final int MOST_STEPS = 12;

  /** A prime near 2¹⁶: its multiples visit all exponents, with ever other mantissas. */
  private static final int BITS_APART = 65_521;

  private static final Fn[] FUNCTIONS = Fn.values();

  private MapCases() {}

  /** Each function on every pair of special values. */
  static Arbitrary<KernelCase> onSpecials() {
    return Combinators.combine(Arbitraries.of(Fn.class), Sizes.seeds()).as(MapCases::onSpecials);
  }

  /** Each function on ordinary values of its range. */
  static Arbitrary<KernelCase> functions() {
    return Combinators.combine(Arbitraries.of(Fn.class), Sizes.any(), Sizes.seeds())
        .as(MapCases::function);
  }

  /** The functions that round more than once, on floats of every sign and exponent. */
  static Arbitrary<KernelCase> wholeRange() {
    return Arbitraries.of(Fn.EXP, Fn.LOG, Fn.TANH, Fn.SIGMOID).map(MapCases::wholeRange);
  }

  /** Random expressions of several results over broadcast operands. */
  static Arbitrary<KernelCase> expressions() {
    return expressions(Shapes.any());
  }

  /** As {@link #expressions()}, over more points than one thread is given at once. */
  static Arbitrary<KernelCase> largeExpressions() {
    return expressions(Shapes.large());
  }

  private static Arbitrary<KernelCase> expressions(Arbitrary<Dims> shapes) {
    return Combinators.combine(
            shapes,
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 3),
            Sizes.seeds())
        .as(MapCases::expression);
  }

  /** Random expressions whose first result overwrites their first input. */
  static Arbitrary<KernelCase> inPlace() {
    return Combinators.combine(Shapes.any(), Arbitraries.of(true, false), Sizes.seeds())
        .as(MapCases::inPlace);
  }

  static KernelCase onSpecials(Fn fn, long seed) {
    int n = Values.SPECIAL.length;
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Dims shape = Dims.of(n, n);
    Ref a = builder.input(Values.SPECIAL);
    Ref b = builder.input(Values.SPECIAL);
    Ref y = builder.output(n * n);
    List<Operand> operands = List.of(new Operand(a, Dims.of(1, 0)), new Operand(b, Dims.of(0, 1)));
    return builder
        .call(new Call.Map(shape, Expr.of(fn), operands.subList(0, fn.arity()), List.of(y)))
        .within(new FunctionBound(fn));
  }

  static KernelCase function(Fn fn, int n, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < fn.arity(); i++) {
      Ref ref = builder.input(range(fn, builder.random(), n));
      operands.add(new Operand(ref, Dims.of(1)));
    }
    Ref y = builder.output(n);
    return builder
        .call(new Call.Map(Dims.of(n), Expr.of(fn), operands, List.of(y)))
        .within(new FunctionBound(fn));
  }

  static KernelCase wholeRange(Fn fn) {
    float[] values = new float[1 << 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * BITS_APART);
    }
    KernelCaseBuilder builder = new KernelCaseBuilder(fn.name().length());
    Operand x = new Operand(builder.input(values), Dims.of(1));
    Ref y = builder.output(values.length);
    return builder
        .call(new Call.Map(Dims.of(values.length), Expr.of(fn), List.of(x), List.of(y)))
        .within(new FunctionBound(fn));
  }

  /** Where the function is neither constant nor overflows, and a little beyond. */
  private static float[] range(Fn fn, SplittableRandom random, int n) {
    float scale =
        switch (fn) {
          case EXP, SIGMOID -> 52;
          case TANH -> random.nextBoolean() ? 6 : 0x1p-8f;
          default -> 1;
        };
    float[] values = scale == 1 ? Values.unequal(random, n) : Values.plain(random, n);
    for (int i = 0; i < n; i++) {
      values[i] = fn == Fn.LOG ? Math.abs(values[i]) : values[i] * scale;
    }
    return values;
  }

  static KernelCase expression(Dims shape, int inputs, int results, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      Dims strides = Layouts.operand(builder.random(), shape);
      operands.add(Layouts.input(builder, shape, strides, false));
    }
    List<Ref> outputs = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      outputs.add(builder.output(shape.product()));
    }
    Expr expr = random(builder.random(), inputs, results);
    return builder.call(new Call.Map(shape, expr, operands, outputs)).within(new ExpressionBound());
  }

  /**
   * @param otherName the output is another buffer at the same place, not the same buffer
   */
  static KernelCase inPlace(Dims shape, boolean otherName, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Operand overwritten = Layouts.input(builder, shape, Layouts.contiguous(shape), false);
    Operand other = Layouts.input(builder, shape, Layouts.operand(builder.random(), shape), false);
    Ref first = otherName ? builder.alias(overwritten.ref()) : overwritten.ref();
    Ref second = builder.output(shape.product());
    Expr expr = random(builder.random(), 2, 2);
    return builder
        .call(new Call.Map(shape, expr, List.of(overwritten, other), List.of(first, second)))
        .within(new ExpressionBound());
  }

  /** Straight-line code in which any value may be used again. */
  static Expr random(SplittableRandom random, int inputs, int results) {
    List<Expr.Step> steps = new ArrayList<>();
    int count = random.nextInt(1, MOST_STEPS + 1);
    for (int s = 0; s < count; s++) {
      Fn fn = FUNCTIONS[random.nextInt(FUNCTIONS.length)];
      int defined = inputs + s;
      int a = random.nextInt(defined);
      int b = random.nextInt(defined);
      steps.add(
          switch (fn.arity()) {
            case 0 -> Expr.Step.constant(random.nextDouble(-3, 3));
            case 1 -> Expr.Step.of(fn, a);
            default -> Expr.Step.of(fn, a, b);
          });
    }
    List<Integer> leaving = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      leaving.add(r == 0 ? inputs + count - 1 : random.nextInt(inputs + count));
    }
    return new Expr(inputs, steps, leaving);
  }
}
