package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Pool2dGeometry;
import espalier.kernels.spi.Ref;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;

/**
 * Answers worked out by hand or published: what anchors the reference itself. All exact in float.
 */
interface KnownAnswersContract {
  /** The backend under test. */
  Backend open(BackendOptions options);

  @Example
  default void gemmOfSmallMatricesInAllOrientations() {
    float[] a = {1, 2, 3, 4, 5, 6};
    float[] aTransposed = {1, 4, 2, 5, 3, 6};
    float[] b = {7, 8, 9, 10, 11, 12};
    float[] bTransposed = {7, 9, 11, 8, 10, 12};
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        var builder = new KernelCaseBuilder(1);
        Ref left = builder.input(transposeA ? aTransposed : a);
        Ref right = builder.input(transposeB ? bTransposed : b);
        Ref c = builder.output(4);
        builder.call(new Call.Gemm(2, 2, 3, transposeA, transposeB, left, right, c));
        assertAnswer(builder, c, 58, 64, 139, 154);
      }
    }
  }

  @Example
  default void convolutionPadsStridesAndDilates() {
    // A 4×4 image counting from 1, a 3×3 kernel of ones.
    assertAnswer(
        convolution(new Conv2dGeometry(1, 4, 4, 1, 4, 4, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1), 9),
        14,
        24,
        30,
        22,
        33,
        54,
        63,
        45,
        57,
        90,
        99,
        69,
        46,
        72,
        78,
        54);
    assertAnswer(
        convolution(new Conv2dGeometry(1, 4, 4, 1, 2, 2, 1, 3, 3, 2, 2, 1, 1, 1, 1, 1), 9),
        14,
        30,
        57,
        99);
    assertAnswer(
        convolution(new Conv2dGeometry(1, 4, 4, 1, 2, 2, 1, 2, 2, 1, 1, 0, 0, 2, 2, 1), 4),
        24,
        28,
        40,
        44);
    // Padding on top alone: the first row sees one row of the image, the second two.
    assertAnswer(
        convolution(new Conv2dGeometry(1, 4, 4, 1, 2, 4, 1, 2, 1, 1, 1, 1, 0, 1, 1, 1), 2),
        1,
        2,
        3,
        4,
        6,
        8,
        10,
        12);
  }

  private static Answer convolution(Conv2dGeometry g, int taps) {
    var builder = new KernelCaseBuilder(2);
    Ref x = builder.input(counting(16));
    Ref w = builder.input(repeated(1, taps));
    Ref y = builder.output(g.outputElements());
    builder.call(new Call.Conv2d(g, x, w, y));
    return new Answer(builder, y);
  }

  @Example
  default void convolutionKeepsGroupsApart() {
    // One pixel, four channels in two groups; weights [1, 1, 2, 4].
    var g = new Conv2dGeometry(1, 1, 1, 4, 1, 1, 4, 1, 1, 1, 1, 0, 0, 1, 1, 2);
    var builder = new KernelCaseBuilder(3);
    Ref x = builder.input(1, 10, 100, 1000);
    Ref w = builder.input(1, 2, 3, 4, 5, 6, 7, 8);
    Ref y = builder.output(4);
    builder.call(new Call.Conv2d(g, x, w, y));
    assertAnswer(builder, y, 51, 62, 7300, 8400);
  }

  @Example
  default void gradientsOfAConvolutionFollowItsTaps() {
    // Three pixels in a row, kernel of two taps, padded by one on the left: y = (w₁x₀, w₀x₀+w₁x₁,
    // …).
    var g = new Conv2dGeometry(1, 1, 3, 1, 1, 3, 1, 1, 2, 1, 1, 0, 1, 1, 1, 1);
    var builder = new KernelCaseBuilder(4);
    Ref x = builder.input(2, 3, 5);
    Ref w = builder.input(7, 11);
    Ref dy = builder.input(1, 10, 100);
    Ref y = builder.output(3);
    Ref dx = builder.output(3);
    Ref dw = builder.output(2);
    builder.call(new Call.Conv2d(g, x, w, y));
    builder.call(new Call.Conv2dInputGradient(g, dy, w, dx));
    builder.call(new Call.Conv2dWeightGradient(g, x, dy, dw));
    assertAnswer(builder, y, 22, 47, 76);
    assertAnswer(builder, dx, 11 + 70, 110 + 700, 1100);
    assertAnswer(builder, dw, 320, 532);
  }

  @Example
  default void poolingLeavesPaddingOutAndBreaksTiesFirst() {
    // Two rows of three pixels, windows of 2×2 with one row of padding above, stride 2 across.
    var g = new Pool2dGeometry(1, 2, 3, 1, 2, 2, 2, 2, 1, 2, 1, 0);
    var builder = new KernelCaseBuilder(5);
    Ref x = builder.input(4, 4, -2, 0, 4, -1);
    Ref v = builder.input(10, 20, 30, 40, 50, 60);
    Ref dy = builder.input(1, 2, 4, 8);
    Ref largest = builder.output(4);
    Ref scattered = builder.output(6);
    Ref gathered = builder.output(4);
    Ref average = builder.output(4);
    Ref spread = builder.output(6);
    builder.call(new Call.MaxPool(g, x, largest));
    builder.call(new Call.MaxPoolScatter(g, x, dy, scattered));
    builder.call(new Call.MaxPoolGather(g, x, v, gathered));
    builder.call(new Call.AveragePool(g, x, average));
    builder.call(new Call.AveragePoolGradient(g, dy, spread));
    assertAnswer(builder, largest, 4, -2, 4, -1);
    assertAnswer(builder, scattered, 5, 0, 2, 0, 0, 8);
    assertAnswer(builder, gathered, 10, 30, 10, 60);
    assertAnswer(builder, average, 4, -2, 3, -1.5);
    assertAnswer(builder, spread, 1.5, 1.5, 6, 1, 1, 4);
  }

  @Example
  default void momentsOfFourRows() {
    var builder = new KernelCaseBuilder(6);
    Ref x = builder.input(1, 10, 3, 10, 5, 10, 7, 10);
    Ref mean = builder.output(2);
    Ref variance = builder.output(2);
    builder.call(new Call.Moments(2, 2, 2, x, mean, variance));
    assertAnswer(builder, mean, 4, 10);
    assertAnswer(builder, variance, 5, 0);
  }

  @Example
  default void reductionsKeepTheAxesAround() {
    Dims shape = Dims.of(2, 3, 2);
    var builder = new KernelCaseBuilder(7);
    Ref x = builder.input(counting(12));
    Operand all = new Operand(x, Layouts.contiguous(shape));
    Ref inner = builder.output(6);
    Ref middle = builder.output(4);
    Ref outer = builder.output(6);
    Ref largest = builder.output(1);
    var sum = Call.Reduce.Kind.SUM;
    var max = Call.Reduce.Kind.MAX;
    Expr id = Expr.identity();
    builder.call(new Call.Reduce(sum, shape, 2, 3, id, List.of(all), List.of(inner)));
    builder.call(new Call.Reduce(sum, shape, 1, 2, id, List.of(all), List.of(middle)));
    builder.call(new Call.Reduce(sum, shape, 0, 1, id, List.of(all), List.of(outer)));
    builder.call(new Call.Reduce(max, shape, 0, 3, id, List.of(all), List.of(largest)));
    assertAnswer(builder, inner, 3, 7, 11, 15, 19, 23);
    assertAnswer(builder, middle, 9, 12, 27, 30);
    assertAnswer(builder, outer, 8, 10, 12, 14, 16, 18);
    assertAnswer(builder, largest, 12);
  }

  @Example
  default void softmaxOfEqualNumbersIsUniform() {
    var builder = new KernelCaseBuilder(8);
    Ref x = builder.input(3, 3, 3, 3, -5, -5, -5, -5);
    Ref y = builder.output(8);
    Ref mixed = builder.output(8);
    Ref shifted = builder.input(0, Float.NEGATIVE_INFINITY, 0, 0, 0, 0, 0, Float.NaN);
    builder.call(new Call.Softmax(2, 4, false, x, y));
    builder.call(new Call.Softmax(4, 2, false, shifted, mixed));
    assertAnswer(builder, y, .25, .25, .25, .25, .25, .25, .25, .25);
    assertAnswer(builder, mixed, 1, 0, .5, .5, .5, .5, Double.NaN, Double.NaN);
  }

  @Example
  default void functionsAtTheirFixedPoints() {
    assertFunction(Fn.EXP, new float[] {0, Float.NEGATIVE_INFINITY}, 1, 0);
    assertFunction(Fn.LOG, new float[] {1, 0}, 0, Double.NEGATIVE_INFINITY);
    assertFunction(Fn.TANH, new float[] {0, 100, -100}, 0, 1, -1);
    assertFunction(Fn.SIGMOID, new float[] {0, 200}, .5, 1);
    assertFunction(Fn.SQRT, new float[] {9, 2.25f, -1}, 3, 1.5, Double.NaN);
    assertFunction(Fn.RELU, new float[] {-3, 4, Float.NaN}, 0, 4, Double.NaN);
    assertFunction(Fn.ABS, new float[] {-3, 4}, 3, 4);
    assertFunction(Fn.NEG, new float[] {-3, 4}, 3, -4);
  }

  private void assertFunction(Fn fn, float[] inputs, double... expected) {
    var builder = new KernelCaseBuilder(9);
    Operand x = new Operand(builder.input(inputs), Dims.of(1));
    Ref y = builder.output(inputs.length);
    builder.call(new Call.Map(Dims.of(inputs.length), Expr.of(fn), List.of(x), List.of(y)));
    assertAnswer(builder, y, expected);
  }

  @Example
  default void comparisonsAndOrders() {
    var builder = new KernelCaseBuilder(10);
    Operand a = new Operand(builder.input(1, 2, 2, Float.NaN), Dims.of(1));
    Operand b = new Operand(builder.input(2, 2, 1, 0), Dims.of(1));
    Ref greater = builder.output(4);
    Ref greaterEqual = builder.output(4);
    Ref min = builder.output(4);
    Expr expr =
        new Expr(
            2,
            List.of(
                Expr.Step.of(Fn.GREATER, 0, 1),
                Expr.Step.of(Fn.GREATER_EQUAL, 0, 1),
                Expr.Step.of(Fn.MIN, 0, 1)),
            List.of(2, 3, 4));
    builder.call(
        new Call.Map(Dims.of(4), expr, List.of(a, b), List.of(greater, greaterEqual, min)));
    assertAnswer(builder, greater, 0, 0, 1, 0);
    assertAnswer(builder, greaterEqual, 0, 1, 1, 0);
    assertAnswer(builder, min, 1, 2, 1, Double.NaN);
  }

  /** Known-answer vectors of Philox4x32-10, of which a uniform number keeps the upper 24 bits. */
  @Example
  default void uniformIsPhilox() {
    assertUniform(new int[] {0, 0, 0, 0}, 0, 0x6627e8, 0xe169c5, 0xbc57ac, 0x9b00db);
  }

  private void assertUniform(int[] key, int stream, int... expected) {
    var builder = new KernelCaseBuilder(11);
    Ref y = builder.output(expected.length);
    builder.call(new Call.Uniform(stream, expected.length, builder.labels(key), y));
    double[] values = new double[expected.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = expected[i] * 0x1p-24;
    }
    assertAnswer(builder, y, values);
  }

  private void assertAnswer(Answer answer, double... expected) {
    assertAnswer(answer.builder(), answer.result(), expected);
  }

  private void assertAnswer(KernelCaseBuilder builder, Ref result, double... expected) {
    try (Backend backend = open(BackendOptions.threads(2))) {
      var values = builder.within(ErrorBound.exact()).runOn(backend);
      assertThat(Numbers.of(values.get(result.id()))).isEqualTo(expected);
    }
  }

  private static float[] counting(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  private static float[] repeated(float value, int n) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return values;
  }

  /** A program and the buffer in question. */
  record Answer(KernelCaseBuilder builder, Ref result) {}
}
