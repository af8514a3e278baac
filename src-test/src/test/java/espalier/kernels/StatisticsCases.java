package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Moments and softmax. */
final class StatisticsCases {
  private StatisticsCases() {}

  static Arbitrary<KernelCase> moments() {
    return Combinators.combine(
            Sizes.any(), Sizes.small(), Arbitraries.of(0f, 0f, 30f, -3000f), Sizes.seeds())
        .as(StatisticsCases::moments);
  }

  static Arbitrary<KernelCase> softmax() {
    return Combinators.combine(
            Arbitraries.of(1, 2, 3, 17), Sizes.any(), Arbitraries.of(true, false), Sizes.seeds())
        .as(StatisticsCases::softmax);
  }

  /**
   * @param shift added to all values: a mean far from zero is what one-pass sums lose digits to
   */
  static KernelCase moments(int rows, int channels, float shift, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    float[] values = Values.mixed(builder.random(), rows * channels);
    for (int i = 0; i < values.length; i++) {
      values[i] += shift;
    }
    int images = rows % 4 == 0 ? rows / 4 : rows % 3 == 0 ? 3 : 1;
    Ref x = builder.input(values);
    Ref mean = builder.output(channels);
    Ref variance = builder.output(channels);
    return builder
        .call(new Call.Moments(images, rows / images, channels, x, mean, variance))
        .within(new MomentsBound());
  }

  static KernelCase softmax(int rows, int columns, boolean logarithm, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.mixed(builder.random(), rows * columns));
    Ref y = builder.output(rows * columns);
    return builder
        .call(new Call.Softmax(rows, columns, logarithm, x, y))
        .within(new SoftmaxBound());
  }
}
