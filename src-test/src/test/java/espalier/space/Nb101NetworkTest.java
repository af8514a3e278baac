package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.io.ImageSpec;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.random.Philox;
import espalier.core.space.Nb101Cell;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Operation;
import espalier.core.space.Nb101Space;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of NAS-Bench-101. */
final class Nb101NetworkTest {
  /** The benchmark's example, a convolution of 5×5 replaced by two of 3×3. */
  private static final String INCEPTION =
      "input:111010 conv1x1-bn-relu:00001 conv3x3-bn-relu:0001 conv3x3-bn-relu:100"
          + " conv3x3-bn-relu:01 maxpool3x3:1 output";

  private static final ImageSpec IMAGE = new ImageSpec(32, 32, 3);

  /** The parameters that the benchmark has for its example. */
  @Test
  void theInceptionLikeCellHasAsManyParametersAsPublished() {
    Nb101Space space = Nb101Space.standard();
    Network network = space.model(space.parse(INCEPTION), 10);
    assertThat(NetworkCounts.declared(network, IMAGE).parameters()).isEqualTo(2_694_282);
  }

  /** Channels of all vertices in the examples of the benchmark's own tests. */
  @ParameterizedTest
  @CsvSource({
    "input:100 conv3x3-bn-relu:10 conv3x3-bn-relu:1 output, 8, 8 8",
    "input:1100 conv3x3-bn-relu:010 conv3x3-bn-relu:10 conv3x3-bn-relu:1 output, 16, 16 16 16",
    "input:110 conv3x3-bn-relu:01 conv3x3-bn-relu:1 output, 8, 4 4",
    "input:110 conv3x3-bn-relu:01 conv3x3-bn-relu:1 output, 15, 8 7",
    "input:1110 conv3x3-bn-relu:001 conv3x3-bn-relu:01 conv3x3-bn-relu:1 output, 8, 3 3 2",
    "input:1110 conv3x3-bn-relu:001 conv3x3-bn-relu:01 conv3x3-bn-relu:1 output, 15, 5 5 5",
    "input:1000 conv3x3-bn-relu:110 conv3x3-bn-relu:01 conv3x3-bn-relu:1 output, 9, 5 5 4",
    "input:1010 conv3x3-bn-relu:101 conv3x3-bn-relu:10 conv3x3-bn-relu:1 output, 15, 8 7 7"
  })
  void channelsAreSharedAsInTheBenchmark(String text, int outputs, String channels) {
    Nb101Space space = Nb101Space.of(new Nb101Macro(outputs, 1));
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    space.model(space.parse(text), 10).build(scope, scope.graph().feed("x", Shape.of(1, 8, 8, 3)));
    List<String> found = new ArrayList<>();
    for (int vertex = 1; vertex < 6; vertex++) {
      Parameter weight = scope.parameters().get("cells.0.vertex%d.0.conv.weight".formatted(vertex));
      if (weight != null) {
        found.add(Integer.toString(weight.shape().get(3)));
      }
    }
    assertThat(String.join(" ", found)).isEqualTo(channels);
  }

  /** Weights, and the two numbers that normalise a channel. */
  private static long convolution(int kernel, int inputs, int outputs) {
    return (long) kernel * kernel * inputs * outputs + 2L * outputs;
  }

  /** The parameters of a cell, edge by edge: {@code width[v]} are the channels of its vertices. */
  private static long parameters(Nb101Cell cell, int inputs, int outputs) {
    int last = cell.vertices() - 1;
    int[] width = new int[cell.vertices()];
    List<Integer> ends = new ArrayList<>();
    for (int v = 1; v < last; v++) {
      if (cell.hasEdge(v, last)) {
        ends.add(v);
      }
    }
    int left = outputs;
    for (int i = 0; i < ends.size(); i++) {
      int share = Math.ceilDiv(left, ends.size() - i);
      width[ends.get(i)] = share;
      left -= share;
    }
    for (int v = last - 1; v > 0; v--) {
      for (int to = last - 1; to > v && !ends.contains(v); to--) {
        width[v] = cell.hasEdge(v, to) ? Math.max(width[v], width[to]) : width[v];
      }
    }
    width[last] = outputs;
    long sum = 0;
    for (int v = 1; v <= last; v++) {
      sum += cell.hasEdge(0, v) ? convolution(1, inputs, width[v]) : 0;
      if (v < last) {
        sum +=
            switch (cell.operations().get(v - 1)) {
              case CONV_3X3 -> convolution(3, width[v], width[v]);
              case CONV_1X1 -> convolution(1, width[v], width[v]);
              case MAX_POOL_3X3 -> 0;
            };
      }
    }
    return sum;
  }

  /** Channels that mostly cannot be shared evenly. */
  @Test
  void everyEdgeAndVertexHasItsParameters() {
    Nb101Space space = Nb101Space.of(new Nb101Macro(7, 2));
    Philox random = Philox.of(1, "networks");
    for (int i = 0; i < 200; i++) {
      Nb101Cell cell = space.sample(random.trial(i));
      Network network = space.model(cell, 10);
      NetworkCounts counts = NetworkCounts.declared(network, IMAGE);
      assertThat(counts).isEqualTo(NetworkCounts.live(network, IMAGE));
      Nb101Cell pruned = cell.pruned();
      long expected = convolution(3, 3, 7) + 28 * 10 + 10;
      int inputs = 7;
      for (int outputs = 7; outputs <= 28; outputs *= 2) {
        expected += parameters(pruned, inputs, outputs) + parameters(pruned, outputs, outputs);
        inputs = outputs;
      }
      assertThat(counts.parameters()).isEqualTo(expected);
    }
  }

  /**
   * On an image of one pixel with all weights 1 every value is a product. A cell's input of sum p
   * is p in each projected channel. With w and v of its channels for the two operations that the
   * output reads, the pointwise convolution yields wp; the pool p; the other convolution, which
   * sums both, v(wp + p); and the output has the input's p added to each.
   */
  @Test
  void cellsSumConcatenateAndProjectAsDefined() {
    String text = "input:1101 conv1x1-bn-relu:011 maxpool3x3:10 conv3x3-bn-relu:1 output";
    Nb101Space space = Nb101Space.of(new Nb101Macro(5, 1));
    double expected = 5;
    for (int channels = 5; channels <= 20; channels *= 2) {
      int w = Math.ceilDiv(channels, 2);
      int v = channels / 2;
      expected *= w * (w + 1) + v * (v * (w + 1) + 1);
    }
    assertThat(answer(space.model(space.parse(text), 1)))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  /**
   * What a network makes of one pixel of 1 with weights of 1, no biases and norms that do nothing.
   */
  private static double answer(Network network) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    Tensor logits = network.build(scope, graph.feed("x", Shape.of(1, 1, 1, 1))).main();
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      for (Parameter parameter : scope.parameters().values()) {
        String name = parameter.name();
        boolean isZero = name.endsWith("bias") || name.endsWith("mean");
        double[] values = new double[parameter.shape().size()];
        Arrays.fill(values, isZero ? 0 : name.endsWith("var") ? 1 - 1e-5 : 1);
        session.declare(name, parameter.shape(), HostData.of(values));
      }
      return session.run(
              session.compile(Computation.of(logits)), Map.of("x", HostData.of(new double[] {1})))
          .doubles(0)[0];
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 28, 33})
  void networksTakeImagesOfAnyExtent(int extent) {
    Nb101Space space = Nb101Space.of(new Nb101Macro(5, 1));
    Scope scope = Scope.root(new Graph(), Scope.Mode.TRAINING);
    Tensor images = scope.graph().feed("images", Shape.of(2, extent, extent, 1));
    Network network = space.model(space.parse(INCEPTION), 7);
    assertThat(network.build(scope, images).main().shape()).isEqualTo(Shape.of(2, 7));
  }

  @Test
  void whatHasNoPathHasNoNetwork() {
    Nb101Cell cell = new Nb101Cell(List.of(Nb101Operation.CONV_1X1), 0b001);
    assertThatThrownBy(() -> Nb101Macro.standard().network(cell, 10))
        .hasMessage("NAS-Bench-101 cell: no path from input to output, expected one");
    assertThatThrownBy(() -> new Nb101Macro(4, 1))
        .hasMessageStartingWith(
            "NAS-Bench-101 network: 4 channels and 1 cells per stack, expected at least 5"
                + " channels");
  }
}
