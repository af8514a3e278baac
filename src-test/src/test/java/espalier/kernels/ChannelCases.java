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

/** Element-wise calls and reductions as networks have them: rows of channels. */
final class ChannelCases {
  private static final int MOST_TERMS = 24;

  private ChannelCases() {}

  private static Arbitrary<Integer> channels() {
    return Arbitraries.of(1, 3, 4, 5, 8, 12, 16, 20, 24, 32, 36, 64, 72, 200);
  }

  /** Numbers of rows around parts of reductions and rounds of vectors. */
  private static Arbitrary<Integer> rows() {
    return Arbitraries.of(1, 2, 17, 64, 100, 1023, 1024, 1029, 2050);
  }

  /** Random expressions, and sums of so many terms that no loop holds them all. */
  static Arbitrary<KernelCase> maps() {
    return Combinators.combine(
            rows(), channels(), Arbitraries.integers().between(1, 3), Sizes.seeds())
        .as(ChannelCases::map);
  }

  /** Several reductions of the same operands, over the rows or over everything. */
  static Arbitrary<KernelCase> reductions() {
    return Combinators.combine(
            rows(),
            channels(),
            Arbitraries.of(true, false),
            Arbitraries.of(Call.Reduce.Kind.class),
            Arbitraries.of(1, 2, 3, 9),
            Sizes.seeds())
        .as(ChannelCases::reduction);
  }

  private static KernelCase map(int rows, int channels, int results, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    SplittableRandom random = builder.random();
    Dims shape = Dims.of(rows, channels);
    boolean mixture = random.nextBoolean();
    int terms = random.nextInt(1, MOST_TERMS + 1);
    int inputs = mixture ? 4 * terms : random.nextInt(1, 8);
    Expr expr = mixture ? mixture(terms, results) : MapCases.random(random, inputs, results);
    List<Operand> operands = operands(builder, shape, inputs, mixture);
    List<Ref> outputs = new ArrayList<>();
    boolean inPlace = random.nextBoolean();
    for (int r = 0; r < results; r++) {
      outputs.add(
          r == 0 && inPlace && isContiguous(shape, operands.getFirst())
              ? operands.getFirst().ref()
              : builder.output(shape.product()));
    }
    return builder.call(new Call.Map(shape, expr, operands, outputs)).within(new ExpressionBound());
  }

  private static boolean isContiguous(Dims shape, Operand operand) {
    return operand.strides().equals(Layouts.contiguous(shape));
  }

  private static KernelCase reduction(
      int rows, int channels, boolean toScalar, Call.Reduce.Kind kind, int results, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Dims shape = Dims.of(rows, channels);
    int inputs = builder.random().nextInt(1, 6);
    Expr expr = MapCases.random(builder.random(), inputs, results);
    List<Operand> operands = operands(builder, shape, inputs, false);
    int kept = toScalar ? 1 : channels;
    List<Ref> outputs = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      outputs.add(builder.output(kept));
    }
    return builder
        .call(new Call.Reduce(kind, shape, 0, toScalar ? 2 : 1, expr, operands, outputs))
        .within(ErrorBound.exact());
  }

  /** Σ αₖ·(zₖ − mₖ)·rₖ, and partial sums of it as further results. */
  private static Expr mixture(int terms, int results) {
    List<Expr.Step> steps = new ArrayList<>();
    List<Integer> sums = new ArrayList<>();
    int inputs = 4 * terms;
    for (int t = 0; t < terms; t++) {
      steps.add(Expr.Step.of(Fn.SUB, 4 * t, 4 * t + 1));
      steps.add(Expr.Step.of(Fn.MUL, inputs + steps.size() - 1, 4 * t + 2));
      steps.add(Expr.Step.of(Fn.MUL, inputs + steps.size() - 1, 4 * t + 3));
      if (t > 0) {
        steps.add(Expr.Step.of(Fn.ADD, sums.getLast(), inputs + steps.size() - 1));
      }
      sums.add(inputs + steps.size() - 1);
    }
    List<Integer> leaving = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      leaving.add(sums.get((sums.size() - 1) / (r + 1)));
    }
    return new Expr(inputs, steps, leaving);
  }

  /** Operands: all points, channels or one number; where in order, z, m, r, α and so on. */
  private static List<Operand> operands(
      KernelCaseBuilder builder, Dims shape, int count, boolean inOrder) {
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = inOrder ? List.of(0, 1, 1, 2).get(i % 4) : builder.random().nextInt(5);
      Dims strides =
          switch (kind) {
            case 0 -> Layouts.contiguous(shape);
            case 1 -> Dims.of(0, 1);
            case 2 -> Dims.of(0, 0);
            case 3 -> Dims.of(1, 0);
            default -> Dims.of(shape.get(1) + 3, 1);
          };
      operands.add(Layouts.input(builder, shape, strides, !inOrder));
    }
    return operands;
  }
}
