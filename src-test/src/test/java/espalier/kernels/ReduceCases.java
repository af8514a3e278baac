package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Call.Reduce.Kind;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Reductions over inner, outer and middle axes. */
final class ReduceCases {
  /** {@code a} and {@code a·b}. */
  private static final Expr VALUE_AND_PRODUCT =
      new Expr(2, List.of(Expr.Step.of(Fn.MUL, 0, 1)), List.of(0, 2));

  private ReduceCases() {}

  /** Sums of values, of products, and of both at once. */
  static Arbitrary<KernelCase> sums() {
    return cases(Kind.SUM, Shapes.any());
  }

  /** Largest values and products. */
  static Arbitrary<KernelCase> maxima() {
    return cases(Kind.MAX, Shapes.any());
  }

  /** Sums and maxima of more elements than one thread is given at once. */
  static Arbitrary<KernelCase> large() {
    return Arbitraries.oneOf(cases(Kind.SUM, Shapes.large()), cases(Kind.MAX, Shapes.large()));
  }

  private static Arbitrary<KernelCase> cases(Kind kind, Arbitrary<Dims> shapes) {
    return Combinators.combine(
            shapes,
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(Expr.identity(), Expr.of(Fn.MUL), VALUE_AND_PRODUCT),
            Sizes.seeds())
        .as((shape, first, length, expr, seed) -> {
          int from = first % shape.rank();
          int to = Math.min(shape.rank(), from + length);
          return reduce(kind, shape, from, to, expr, seed);
        });
  }

  /** Each term is rounded once itself, and once at most for each other term. */
  static KernelCase reduce(Kind kind, Dims shape, int from, int to, Expr expr, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    List<Operand> operands =
        List.of(
                Layouts.input(builder, shape, Layouts.operand(builder.random(), shape), true),
                Layouts.input(builder, shape, Layouts.operand(builder.random(), shape), true))
            .subList(0, expr.inputs());
    int kept = shape.product(0, from) * shape.product(to, shape.rank());
    List<Ref> outputs = expr.results().stream().map(result -> builder.output(kept)).toList();
    Call.Reduce call = new Call.Reduce(kind, shape, from, to, expr, operands, outputs);
    return builder
        .call(call)
        .within(
            kind == Kind.MAX
                ? ErrorBound.exact()
                : ErrorBound.sum(call.reduced() + 1, call.reads()));
  }
}
