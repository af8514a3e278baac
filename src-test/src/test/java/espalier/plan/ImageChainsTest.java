package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Planner;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Running steps image by image, where the planner allows it, leaves every bit as it is. */
class ImageChainsTest {

  /** A separable convolution, a dilated one, both pools and a mixture of them, with gradients. */
  private record Network(Computation computation, Map<String, HostData> feeds) {
    static Network of(int batch, int side, int channels) {
      Graph graph = new Graph();
      Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
      Map<String, Shape> weights = new LinkedHashMap<>();
      Shape images = Shape.of(batch, side, side, channels);
      Tensor x = graph.feed("x", images);
      Tensor mixture = normalised(scope, "max", x.maxPool2d(PoolWindow.same(3, 1)));
      mixture =
          mixture.add(
              normalised(scope, "average", x.averagePool2d(PoolWindow.same(3, 1)))
                  .mul(weight(graph, weights, "w1", Shape.of(1, 1))));
      Tensor y = x;
      for (int i = 0; i < 3; i++) {
        Window2d window = Window2d.same(3, 3, 1, 1 + i / 2);
        Shape kernel = Shape.of(3, 3, 1, channels);
        Shape point = Shape.of(1, 1, channels, channels);
        y = y.relu().conv2d(weight(graph, weights, "d" + i, kernel), window, channels);
        y = y.conv2d(weight(graph, weights, "p" + i, point), Window2d.same(1, 1, 1, 1), 1);
        y = normalised(scope, "norm" + i, y);
      }
      mixture = mixture.add(y.mul(weight(graph, weights, "w2", Shape.of(1, 1))));
      Shape dense = Shape.of(3, 3, channels, channels);
      Tensor z =
          mixture
              .conv2d(weight(graph, weights, "dense", dense), Window2d.same(3, 3, 2, 1), 1)
              .relu();
      Tensor loss = z.mul(graph.feed("target", z.shape())).sum();
      List<Tensor> wrt = new ArrayList<>(List.of(x));
      weights.forEach((name, shape) -> wrt.add(graph.feed(name, shape)));
      List<Tensor> results = new ArrayList<>(List.of(loss, z));
      results.addAll(Gradients.of(loss, wrt));
      Random random = new Random(31);
      Map<String, HostData> feeds = new LinkedHashMap<>();
      graph
          .feeds()
          .forEach((name, tensor) -> {
            float[] values = new float[tensor.shape().size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) random.nextGaussian() * 0.5f;
            }
            feeds.put(name, HostData.of(values));
          });
      return new Network(new Computation(graph, results, Map.of()), feeds);
    }

    private static Tensor weight(
        Graph graph, Map<String, Shape> weights, String name, Shape shape) {
      weights.put(name, shape);
      return graph.feed(name, shape);
    }

    private static Tensor normalised(Scope scope, String name, Tensor x) {
      return BatchNorm.withoutAffine().apply(scope.child(name), x);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cpu-scalar, 1, 8, 16, 32", "cpu-scalar, 2, 9, 16, 32", "cpu-simd, 1, 8, 16, 32",
    "cpu-simd, 3, 16, 16, 20", "cpu-simd, 2, 7, 32, 16", "cpu-simd, 2, 64, 8, 36",
    "cpu-simd, 2, 12, 28, 12"
  })
  void imageByImageGivesTheBitsOfStepByStep(
      String name, int threads, int batch, int side, int channels) {
    Network network = Network.of(batch, side, channels);
    Program program = Planner.plan(network.computation());
    assertThat(program.chains()).isNotEmpty();
    Program stepByStep =
        new Program(
            program.buffers(),
            program.steps(),
            program.feeds(),
            program.results(),
            program.arenaElements());
    try (Backend backend = Backends.open(name, BackendOptions.threads(threads))) {
      assertThat(bits(backend, program, network.feeds()))
          .isEqualTo(bits(backend, stepByStep, network.feeds()));
    }
  }

  private static List<List<Integer>> bits(
      Backend backend, Program program, Map<String, HostData> feeds) {
    List<List<Integer>> bits = new ArrayList<>();
    try (Store store = backend.newStore()) {
      Backend.Compiled compiled = backend.compile(program);
      store.run(compiled, feeds);
      Store.Results results = store.run(compiled, feeds); // the second run is over used memory
      for (int r = 0; r < program.results().size(); r++) {
        HostData.Floats values = (HostData.Floats) results.read(r);
        List<Integer> of = new ArrayList<>();
        for (float value : values.values()) {
          of.add(Float.floatToRawIntBits(value));
        }
        bits.add(of);
      }
    }
    return bits;
  }

  @Test
  void aChainGoesFromOneBatchStatisticToTheNext() {
    Program program = Planner.plan(Network.of(64, 32, 16).computation());
    List<List<String>> chains =
        program.chains().stream()
            .map(chain ->
                program.steps().subList(chain.from(), chain.to()).stream()
                    .map(step -> step.call().getClass().getSimpleName())
                    .toList())
            .toList();
    assertThat(chains)
        .contains(
            List.of("Map", "Conv2d", "Conv2d", "Moments"),
            List.of(
                "Map",
                "Conv2dInputGradient",
                "Conv2dWeightGradient",
                "Conv2dInputGradient",
                "Conv2dWeightGradient",
                "Map",
                "Reduce"));
  }

  @Test
  void whatAChainUsesLiesApart() {
    ProgramMemory.check(Planner.plan(Network.of(8, 16, 32).computation()));
  }
}
