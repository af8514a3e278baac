package espalier.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Initializer;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Pool;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Window2d;
import espalier.nn.Built.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Layers against what their formulas give in plain Java. */
class LayersTest {
  /** Sums of a few dozen products of numbers near 1 in double precision. */
  private static final double SMALL = 1e-12;

  private static void close(double[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .describedAs("element %d", i)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(SMALL));
    }
  }

  @Test
  void linearIsAMatrixProductAndABias() {
    double[] x = {1, 2, 3, 4, 5, 6};
    Built built =
        Built.run(
            Linear.of(2),
            Shape.of(2, 3),
            x,
            Setting.inference(
                Map.of(
                    "weight", new double[] {1, -1, 0, 2, 0.5, 3}, "bias", new double[] {10, 0})));
    close(built.output(), new double[] {12.5, 12, 17, 24});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Built.run(Linear.of(2), Shape.of(6), x, Setting.inference(Map.of())))
        .withMessage("linear: input is [6], expected [N, features]");
  }

  /** Convolution as its definition has it: for each output pixel, over taps and input channels. */
  private static double[] convolved(
      double[] x, int[] in, double[] w, int kernel, int stride, int groups, int outChannels) {
    int pad = (kernel - 1) / 2;
    int height = (in[1] - 1) / stride + 1;
    int width = (in[2] - 1) / stride + 1;
    int perGroup = in[3] / groups;
    double[] y = new double[in[0] * height * width * outChannels];
    for (int out = 0; out < y.length; out++) {
      int k = out % outChannels;
      int q = out / outChannels % width;
      int p = out / outChannels / width % height;
      int n = out / outChannels / width / height;
      int group = k / (outChannels / groups);
      for (int i = 0; i < kernel; i++) {
        for (int j = 0; j < kernel; j++) {
          int row = p * stride - pad + i;
          int column = q * stride - pad + j;
          for (int c = 0; c < perGroup; c++) {
            if (row >= 0 && row < in[1] && column >= 0 && column < in[2]) {
              y[out] +=
                  x[((n * in[1] + row) * in[2] + column) * in[3] + group * perGroup + c]
                      * w[((i * kernel + j) * perGroup + c) * outChannels + k];
            }
          }
        }
      }
    }
    return y;
  }

  @Test
  void convolutionsAreTheirDefinitionDenseGroupedDepthwiseAndStrided() {
    int[] in = {2, 5, 4, 6};
    double[] x = Built.numbers(2 * 5 * 4 * 6, 0);
    record Case(Conv conv, int kernel, int stride, int groups) {}
    for (Case one :
        new Case[] {
          new Case(Conv.same(4, 3, 1), 3, 1, 1),
          new Case(Conv.same(4, 3, 2), 3, 2, 1),
          new Case(Conv.same(5, 1, 1), 1, 1, 1),
          new Case(Conv.depthwise(6, 5, 2, 1), 5, 2, 6),
          new Case(
              new Conv(4, 3, 3, Window2d.same(3, 3, 1, 1), 2, false, new Initializer.He()), 3, 1, 2)
        }) {
      int channels = one.conv().channels();
      double[] w = Built.numbers(one.kernel() * one.kernel() * 6 / one.groups() * channels, 2);
      double[] expected = convolved(x, in, w, one.kernel(), one.stride(), one.groups(), channels);
      Built plain = Built.run(one.conv(), Shape.of(in), x, Setting.inference(Map.of("weight", w)));
      close(plain.output(), expected);
      double[] bias = Built.numbers(channels, 3);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += bias[i % channels];
      }
      Built biased =
          Built.run(
              one.conv().withBias(),
              Shape.of(in),
              x,
              Setting.inference(Map.of("weight", w, "bias", bias)));
      close(biased.output(), expected);
    }
  }

  private static Map<String, double[]> norm(String prefix, int channels) {
    Map<String, double[]> variables = new LinkedHashMap<>();
    variables.put(prefix + "weight", Built.numbers(channels, 5));
    variables.put(prefix + "bias", Built.numbers(channels, 6));
    variables.put(prefix + "running_mean", Built.numbers(channels, 7));
    double[] variance = Built.numbers(channels, 8);
    for (int c = 0; c < channels; c++) {
      variance[c] = variance[c] * variance[c] + 0.1;
    }
    variables.put(prefix + "running_var", variance);
    return variables;
  }

  @Test
  void batchNormTrainsOnTheBatchAndMovesTheRunningStatisticsUnbiased() {
    int channels = 3;
    double[] x = Built.numbers(2 * 2 * 3 * channels, 1);
    int count = x.length / channels;
    Map<String, double[]> variables = norm("", channels);
    Built built =
        Built.run(
            BatchNorm.standard(), Shape.of(2, 2, 3, channels), x, Setting.training(variables));
    double[] expected = new double[x.length];
    double[] runningMean = new double[channels];
    double[] runningVariance = new double[channels];
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      double squares = 0;
      for (int i = c; i < x.length; i += channels) {
        mean += x[i] / count;
      }
      for (int i = c; i < x.length; i += channels) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
      double deviation = Math.sqrt(squares / count + 1e-5);
      for (int i = c; i < x.length; i += channels) {
        expected[i] =
            (x[i] - mean) / deviation * variables.get("weight")[c] + variables.get("bias")[c];
      }
      runningMean[c] = 0.9 * variables.get("running_mean")[c] + 0.1 * mean;
      runningVariance[c] = 0.9 * variables.get("running_var")[c] + 0.1 * squares / (count - 1);
    }
    close(built.output(), expected);
    close(built.variables().get("running_mean"), runningMean);
    close(built.variables().get("running_var"), runningVariance);
    close(built.variables().get("weight"), variables.get("weight"));
  }

  @Test
  void batchNormInfersWithTheRunningStatisticsAndLeavesThem() {
    int channels = 3;
    double[] x = Built.numbers(12 * channels, 1);
    Map<String, double[]> variables = norm("", channels);
    for (BatchNorm layer : new BatchNorm[] {BatchNorm.standard(), BatchNorm.withoutAffine()}) {
      Built built = Built.run(layer, Shape.of(12, channels), x, Setting.inference(variables));
      double[] expected = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        int c = i % channels;
        expected[i] =
            (x[i] - variables.get("running_mean")[c])
                / Math.sqrt(variables.get("running_var")[c] + 1e-5);
        if (layer.affine()) {
          expected[i] = expected[i] * variables.get("weight")[c] + variables.get("bias")[c];
        }
      }
      close(built.output(), expected);
      assertThat(built.variables().get("running_mean")).isEqualTo(variables.get("running_mean"));
    }
  }

  @Test
  void aConvolutionWithItsNormalisationFoldedInGivesWhatBothGive() {
    Conv conv = Conv.same(4, 3, 2);
    Layer apart =
        (scope, x) ->
            BatchNorm.standard().apply(scope.child("norm"), conv.apply(scope.child("conv"), x));
    Map<String, double[]> variables = norm("norm.", 4);
    variables.put("conv.weight", Built.numbers(3 * 3 * 3 * 4, 4));
    double[] x = Built.numbers(2 * 5 * 5 * 3, 0);
    Shape shape = Shape.of(2, 5, 5, 3);
    Layer folded = new ConvNorm(conv, BatchNorm.standard());
    close(
        Built.run(folded, shape, x, Setting.inference(variables)).output(),
        Built.run(apart, shape, x, Setting.inference(variables)).output());
    close(
        Built.run(folded, shape, x, Setting.training(variables)).output(),
        Built.run(apart, shape, x, Setting.training(variables)).output());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvNorm(conv.withBias(), BatchNorm.standard()))
        .withMessageStartingWith("conv-norm: the convolution has a bias");
  }

  @Test
  void globalAverageAndFlattenKeepTheBatch() {
    double[] x = {1, 10, 2, 20, 3, 30, 6, 60, 5, 0, 5, 0, 5, 0, 9, 0};
    Shape shape = Shape.of(2, 2, 2, 2);
    Built mean = Built.run(Pool.globalAverage(), shape, x, Setting.inference(Map.of()));
    assertThat(mean.shape()).isEqualTo(Shape.of(2, 2));
    close(mean.output(), new double[] {3, 30, 6, 0});
    Built flat = Built.run(Pool.flatten(), shape, x, Setting.inference(Map.of()));
    assertThat(flat.shape()).isEqualTo(Shape.of(2, 8));
    close(flat.output(), x);
  }
}
