package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Ref;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Convolutions and their gradients over one set of shapes. */
final class ConvolutionCases {
  private ConvolutionCases() {}

  static Arbitrary<KernelCase> forward() {
    return cases(geometries(), ConvolutionCases::forward);
  }

  static Arbitrary<KernelCase> inputGradients() {
    return cases(geometries(), ConvolutionCases::inputGradient);
  }

  static Arbitrary<KernelCase> weightGradients() {
    return cases(geometries(), ConvolutionCases::weightGradient);
  }

  /** Weight gradients over so many pixels that the sum is cut by images. */
  static Arbitrary<KernelCase> cutWeightGradients() {
    return cases(manyPixels(), ConvolutionCases::weightGradient);
  }

  /** All three calls with so many images or weights that loops are nested or cut in another way. */
  static Arbitrary<KernelCase> large() {
    return Arbitraries.oneOf(
        cases(manyImagesOrWeights(), ConvolutionCases::forward),
        cases(manyImagesOrWeights(), ConvolutionCases::inputGradient),
        cases(manyImagesOrWeights(), ConvolutionCases::weightGradient));
  }

  /** All three calls on few channels in rows of many tiles. */
  static Arbitrary<KernelCase> fewChannels() {
    return Arbitraries.oneOf(
        cases(longRows(), ConvolutionCases::forward),
        cases(longRows(), ConvolutionCases::inputGradient),
        cases(longRows(), ConvolutionCases::weightGradient));
  }

  /**
   * All three calls on channels that fill tiles, and so many products that tiles are made for them.
   */
  static Arbitrary<KernelCase> fullTiles() {
    return Arbitraries.oneOf(
        cases(fullRows(), ConvolutionCases::forward),
        cases(fullRows(), ConvolutionCases::inputGradient),
        cases(fullRows(), ConvolutionCases::weightGradient));
  }

  private static Arbitrary<KernelCase> cases(
      Arbitrary<Conv2dGeometry> geometries, BiFunction<Conv2dGeometry, Long, KernelCase> toCase) {
    return Combinators.combine(geometries, Sizes.seeds()).as(toCase::apply);
  }

  /** Dense, grouped, depthwise and pointwise convolutions over awkward images. */
  static Arbitrary<Conv2dGeometry> geometries() {
    return Arbitraries.oneOf(
        geometries(WindowAxes.convolution(), dense()),
        geometries(WindowAxes.convolution(), grouped()),
        geometries(WindowAxes.convolution(), depthwise()),
        geometries(WindowAxes.unit(), pointwise()));
  }

  private static Arbitrary<Conv2dGeometry> geometries(
      Arbitrary<WindowAxis> axes, Arbitrary<Channels> channels) {
    return Combinators.combine(Arbitraries.of(1, 1, 2, 3), axes, axes, channels)
        .as(ConvolutionCases::geometry);
  }

  private static Arbitrary<Conv2dGeometry> manyPixels() {
    return Combinators.combine(
            Arbitraries.of(3, 40, 41),
            Arbitraries.of(
                new WindowAxis(17, 3, 1, 1, 1, 1),
                new WindowAxis(57, 2, 1, 1, 0, 0),
                new WindowAxis(31, 3, 2, 2, 2, 1)),
            Arbitraries.of(new WindowAxis(16, 1, 1, 1, 0, 0), new WindowAxis(55, 3, 1, 1, 1, 1)),
            Arbitraries.of(new Channels(1, 1, 1), new Channels(3, 1, 1), new Channels(1, 2, 3)))
        .as(ConvolutionCases::geometry);
  }

  private static Arbitrary<Conv2dGeometry> longRows() {
    return Combinators.combine(
            Arbitraries.of(1, 2),
            Arbitraries.of(
                new WindowAxis(1, 1, 1, 1, 0, 0),
                new WindowAxis(3, 3, 1, 1, 1, 1),
                new WindowAxis(4, 3, 2, 1, 1, 0),
                new WindowAxis(5, 5, 1, 2, 4, 4)),
            Arbitraries.of(
                new WindowAxis(69, 1, 1, 1, 0, 0),
                new WindowAxis(71, 3, 1, 1, 1, 1),
                new WindowAxis(67, 5, 1, 2, 4, 4),
                new WindowAxis(37, 2, 1, 3, 0, 2),
                new WindowAxis(45, 5, 2, 2, 4, 4),
                new WindowAxis(61, 4, 2, 3, 4, 3),
                new WindowAxis(40, 3, 1, 3, 3, 3),
                new WindowAxis(58, 3, 2, 1, 1, 0)),
            Arbitraries.of(1, 2, 3, 4, 6, 8, 12, 20, 24)
                .map(channels -> new Channels(channels, 1, 1)))
        .as(ConvolutionCases::geometry);
  }

  private static Arbitrary<Conv2dGeometry> fullRows() {
    WindowAxis three = new WindowAxis(32, 3, 1, 1, 1, 1);
    WindowAxis one = new WindowAxis(33, 1, 1, 1, 0, 0);
    return Combinators.combine(
            Arbitraries.of(1, 2),
            Arbitraries.of(three, new WindowAxis(33, 3, 2, 1, 1, 1), one),
            Arbitraries.of(
                new Channels(1, 16, 16), new Channels(1, 24, 32), new Channels(2, 32, 16)))
        .as((batch, axis, channels) -> geometry(batch, axis, axis, channels));
  }

  private static Arbitrary<Conv2dGeometry> manyImagesOrWeights() {
    Arbitrary<WindowAxis> axes =
        Arbitraries.of(
            new WindowAxis(3, 3, 1, 1, 1, 1),
            new WindowAxis(4, 3, 2, 1, 0, 1),
            new WindowAxis(5, 3, 1, 2, 2, 2));
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.of(1, 2),
                axes,
                axes,
                Arbitraries.of(new Channels(1, 129, 131), new Channels(2, 97, 96)))
            .as(ConvolutionCases::geometry),
        Combinators.combine(
                Arbitraries.of(9, 17, 33),
                axes,
                axes,
                Arbitraries.of(
                    new Channels(1, 17, 33), new Channels(3, 7, 5), new Channels(97, 1, 1)))
            .as(ConvolutionCases::geometry));
  }

  /** Channels of a convolution: per group on either side. */
  private record Channels(int groups, int in, int out) {}

  private static Arbitrary<Channels> dense() {
    return Combinators.combine(Sizes.small(), Sizes.small())
        .as((in, out) -> new Channels(1, in, out));
  }

  private static Arbitrary<Channels> grouped() {
    return Combinators.combine(
            Arbitraries.of(2, 3, 5),
            Arbitraries.of(1, 2, 3, 5, 8, 17),
            Arbitraries.of(1, 2, 3, 7, 8, 16, 17))
        .as(Channels::new);
  }

  private static Arbitrary<Channels> depthwise() {
    return Sizes.medium().map(channels -> new Channels(channels, 1, 1));
  }

  private static Arbitrary<Channels> pointwise() {
    return Combinators.combine(Sizes.medium(), Sizes.medium())
        .as((in, out) -> new Channels(1, in, out));
  }

  private static Conv2dGeometry geometry(
      int batch, WindowAxis height, WindowAxis width, Channels channels) {
    return new Conv2dGeometry(
        batch,
        height.in(),
        width.in(),
        channels.groups() * channels.in(),
        height.out(),
        width.out(),
        channels.groups() * channels.out(),
        height.kernel(),
        width.kernel(),
        height.stride(),
        width.stride(),
        height.padBefore(),
        width.padBefore(),
        height.dilation(),
        width.dilation(),
        channels.groups());
  }

  static KernelCase forward(Conv2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.mixed(builder.random(), g.inputElements()));
    Ref w = builder.input(Values.mixed(builder.random(), g.weightElements()));
    Ref y = builder.output(g.outputElements());
    int products = g.kernelHeight() * g.kernelWidth() * g.groupInChannels();
    return builder
        .call(new Call.Conv2d(g, x, w, y))
        .within(ErrorBound.sum(products, List.of(x, w)));
  }

  static KernelCase inputGradient(Conv2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref dy = builder.input(Values.mixed(builder.random(), g.outputElements()));
    Ref w = builder.input(Values.mixed(builder.random(), g.weightElements()));
    Ref dx = builder.output(g.inputElements());
    int products = g.kernelHeight() * g.kernelWidth() * g.groupOutChannels();
    return builder
        .call(new Call.Conv2dInputGradient(g, dy, w, dx))
        .within(ErrorBound.sum(products, List.of(dy, w)));
  }

  static KernelCase weightGradient(Conv2dGeometry g, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.mixed(builder.random(), g.inputElements()));
    Ref dy = builder.input(Values.mixed(builder.random(), g.outputElements()));
    Ref dw = builder.output(g.weightElements());
    int products = g.batch() * g.outHeight() * g.outWidth();
    return builder
        .call(new Call.Conv2dWeightGradient(g, x, dy, dw))
        .within(ErrorBound.sum(products, List.of(x, dy)));
  }
}
