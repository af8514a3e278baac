package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.space.Nb201Space;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks with known weights answer what the authors' code answers, in doubles. */
final class NetworkGoldenTest {

  /**
   * Every convolution's weight is 1 / (C·kh·kw), the classifier's 1 / 64; normalisations do
   * nothing; the image is all ones. Wrong wiring, padding or borders of a pool show in the sum of
   * logits.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+"
            + "|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|; 1.0003770478e+10",
        "|skip_connect~0|+|skip_connect~0|skip_connect~1|+"
            + "|skip_connect~0|skip_connect~1|skip_connect~2|; 3.5822693902e+10",
        "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+"
            + "|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|; 1.1685498895e+10",
      })
  void networksOfNasBench201AreWiredAsPublished(String cell, double sumOfLogits) {
    Nb201Space space = Nb201Space.standard();
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    Network network = space.model(space.parse(cell), 10);
    Tensor image = graph.constant(1, Shape.of(1, 32, 32, 3));
    Tensor sum = network.build(scope, image).main().sum();
    try (Backend backend = Backends.open("reference", BackendOptions.defaults());
        Session session = new Session(backend)) {
      for (Parameter parameter : scope.parameters().values()) {
        double value = constant(parameter);
        fill(session, parameter.name(), parameter.shape(), i -> value);
      }
      double found = session.run(session.compile(Computation.of(sum)), Map.of()).doubles(0)[0];
      assertThat(found).isCloseTo(sumOfLogits, Percentage.withPercentage(1e-7));
    }
  }

  private static double constant(Parameter parameter) {
    Shape shape = parameter.shape();
    String name = parameter.name();
    if (name.endsWith("running_var")) {
      return 1 - 1e-5;
    }
    if (name.endsWith("running_mean") || name.endsWith("bias")) {
      return 0;
    }
    return switch (shape.rank()) {
      case 4 -> (double) shape.get(3) / shape.size();
      case 2 -> 1.0 / shape.get(0);
      default -> 1;
    };
  }

  @Test
  void aSmallNetworkInTrainingHasThePublishedLogitsAndLoss() {
    Layer layers =
        Layer.sequence(
            Conv.same(4, 3, 1),
            BatchNorm.standard(),
            Layer.relu(),
            Conv.same(6, 3, 2),
            BatchNorm.standard(),
            Layer.relu(),
            Pool.globalAverage(),
            Linear.of(3));
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor images = graph.feed("images", Shape.of(4, 8, 8, 3));
    Tensor labels = graph.feed("labels", DType.I32, Shape.of(4));
    Tensor logits = layers.apply(scope, images);
    Tensor loss = CrossEntropy.plain().loss(logits, labels);
    double[] expected = {
      0.1991154084, 0.1940823929, 0.0370501273, 0.1897925691, 0.2172470139, 0.0757778065,
      0.2069533840, 0.2401623170, 0.0877053508, 0.2315451558, 0.2349776148, 0.0565321918
    };
    try (Backend backend = Backends.open("reference", BackendOptions.defaults());
        Session session = new Session(backend)) {
      for (Parameter parameter : scope.parameters().values()) {
        Shape shape = parameter.shape();
        fill(session, parameter.name(), shape, initial(parameter.name(), shape));
      }
      double[] pixels = new double[4 * 8 * 8 * 3];
      for (int i = 0; i < pixels.length; i++) {
        int channel = i % 3;
        int pixel = i / 3 % 64;
        int image = i / (3 * 64);
        pixels[i] = Math.sin(0.1 * ((image * 3 + channel) * 64 + pixel + 1));
      }
      Map<String, HostData> feeds = new LinkedHashMap<>();
      feeds.put("images", new HostData.Doubles(pixels));
      feeds.put("labels", new HostData.Ints(new int[] {0, 1, 2, 1}));
      Values values = session.run(session.compile(Computation.of(logits, loss)), feeds);
      assertThat(values.doubles(0)).containsExactly(expected, within(1e-9));
      assertThat(values.doubles(1)[0]).isCloseTo(1.080632479491, within(1e-9));
    }
  }

  /** The values by position in this engine's order, from formulas over the published order. */
  private static IntToDoubleFunction initial(String name, Shape shape) {
    return switch (name) {
      case "0.weight" -> i -> 0.5 * Math.sin(1 + 0.7 * outputFirst(i, shape));
      case "3.weight" -> i -> 0.3 * Math.cos(0.5 + 0.3 * outputFirst(i, shape));
      case "7.weight" -> i -> 0.4 * Math.sin(0.2 + 0.9 * (i % 3 * 6 + i / 3));
      case "7.bias" -> i -> 0.1 * Math.cos(i);
      default -> i -> name.endsWith("weight") || name.endsWith("running_var") ? 1 : 0;
    };
  }

  /** The position in [out, in, kh, kw] of position {@code i} in [kh, kw, in, out]. */
  private static int outputFirst(int i, Shape shape) {
    int out = i % shape.get(3);
    int in = i / shape.get(3) % shape.get(2);
    int pixel = i / (shape.get(3) * shape.get(2));
    return (out * shape.get(2) + in) * shape.get(0) * shape.get(1) + pixel;
  }

  private static void fill(Session session, String name, Shape shape, IntToDoubleFunction value) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsDouble(i);
    }
    session.declare(name, shape, new HostData.Doubles(values));
  }
}
