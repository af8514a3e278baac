package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Pool2dGeometry;
import espalier.kernels.spi.Ref;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Pooling calls over one set of shapes. */
final class PoolingCases {
  private PoolingCases() {}

  static Arbitrary<KernelCase> maxima() {
    return cases(PoolingCases::maximum);
  }

  static Arbitrary<KernelCase> scatters() {
    return cases(PoolingCases::scatter);
  }

  static Arbitrary<KernelCase> gathers() {
    return cases(PoolingCases::gather);
  }

  static Arbitrary<KernelCase> averages() {
    return cases(PoolingCases::average);
  }

  static Arbitrary<KernelCase> averageGradients() {
    return cases(PoolingCases::averageGradient);
  }

  /** Windows of 3×3 over images of more rows than a thread takes at a time. */
  static Arbitrary<KernelCase> large() {
    Arbitrary<Pool2dGeometry> geometries =
        Combinators.combine(Arbitraries.of(8, 12, 36), Arbitraries.of(1, 2), Arbitraries.of(0, 1))
            .as(PoolingCases::severalBands);
    return Combinators.combine(geometries, Sizes.seeds(), Arbitraries.integers().between(0, 4))
        .as((g, seed, call) ->
            switch (call) {
              case 0 -> maximum(g, seed);
              case 1 -> scatter(g, seed);
              case 2 -> gather(g, seed);
              case 3 -> average(g, seed);
              default -> averageGradient(g, seed);
            });
  }

  private static Pool2dGeometry severalBands(int channels, int stride, int pad) {
    int height = 19;
    int width = 1080 / channels;
    int rows = (height + 2 * pad - 3) / stride + 1;
    int columns = (width + 2 * pad - 3) / stride + 1;
    return new Pool2dGeometry(
        1, height, width, channels, rows, columns, 3, 3, stride, stride, pad, pad);
  }

  private static Arbitrary<KernelCase> cases(BiFunction<Pool2dGeometry, Long, KernelCase> toCase) {
    return Combinators.combine(geometries(), Sizes.seeds()).as(toCase::apply);
  }

  /** Windows that all hold a pixel, over awkward images. */
  static Arbitrary<Pool2dGeometry> geometries() {
    return Combinators.combine(
            Arbitraries.of(1, 1, 2, 3), WindowAxes.pooling(), WindowAxes.pooling(), Sizes.medium())
        .as(PoolingCases::geometry);
  }

  private static Pool2dGeometry geometry(
      int batch, WindowAxis height, WindowAxis width, int channels) {
    return new Pool2dGeometry(
        batch,
        height.in(),
        width.in(),
        channels,
        height.out(),
        width.out(),
        height.kernel(),
        width.kernel(),
        height.stride(),
        width.stride(),
        height.padBefore(),
        width.padBefore());
  }

  static KernelCase maximum(Pool2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.mixed(builder.random(), g.inputElements()));
    Ref y = builder.output(g.outputElements());
    return builder.call(new Call.MaxPool(g, x, y)).within(ErrorBound.exact());
  }

  /** No more windows than the kernel has taps send something to one element. */
  static KernelCase scatter(Pool2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(tiesOrMixed(builder, g.inputElements()));
    Ref dy = builder.input(Values.mixed(builder.random(), g.outputElements()));
    Ref dx = builder.output(g.inputElements());
    return builder
        .call(new Call.MaxPoolScatter(g, x, dy, dx))
        .within(ErrorBound.sum(taps(g), List.of(dy)));
  }

  static KernelCase gather(Pool2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(tiesOrMixed(builder, g.inputElements()));
    Ref v = builder.input(Values.mixed(builder.random(), g.inputElements()));
    Ref y = builder.output(g.outputElements());
    return builder.call(new Call.MaxPoolGather(g, x, v, y)).within(ErrorBound.exact());
  }

  /** Each path takes two weights, their rounding, and a chain along each axis of the kernel. */
  static KernelCase average(Pool2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.mixed(builder.random(), g.inputElements()));
    Ref y = builder.output(g.outputElements());
    return builder.call(new Call.AveragePool(g, x, y)).within(ErrorBound.sum(steps(g), List.of(x)));
  }

  /** As {@link #average}, over the windows that hold an element. */
  static KernelCase averageGradient(Pool2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref dy = builder.input(Values.mixed(builder.random(), g.outputElements()));
    Ref dx = builder.output(g.inputElements());
    return builder
        .call(new Call.AveragePoolGradient(g, dy, dx))
        .within(ErrorBound.sum(steps(g), List.of(dy)));
  }

  private static int taps(Pool2dGeometry g) {
    return g.kernelHeight() * g.kernelWidth();
  }

  private static int steps(Pool2dGeometry g) {
    return 2 + g.kernelHeight() + g.kernelWidth();
  }

  private static float[] tiesOrMixed(KernelCaseBuilder builder, int n) {
    return builder.random().nextBoolean()
        ? Values.ties(builder.random(), n)
        : Values.mixed(builder.random(), n);
  }
}
