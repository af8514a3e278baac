package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Planner;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the planner spares memory traffic where tensors are large, and that no bit changes by it. */
final class LargeTensorsTest {
  private static final Shape LARGE = Shape.of(4, 16, 16, 16);
  private static final Shape SMALL = Shape.of(4, 16, 15, 16);
  private static final int TERMS = 29;

  private final Graph graph = new Graph();

  private List<Tensor> terms(Shape shape) {
    return IntStream.range(0, TERMS).mapToObj(i -> graph.feed("x" + i, shape).relu()).toList();
  }

  private static Tensor sum(List<Tensor> terms) {
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  private static List<Call.Map> maps(Tensor... results) {
    return Planner.plan(Computation.of(results)).steps().stream()
        .map(Program.Step::call)
        .filter(Call.Map.class::isInstance)
        .map(Call.Map.class::cast)
        .toList();
  }

  @Test
  void aSumOfManyLargeTensorsIsReadAFewAtATime() {
    assertThat(maps(sum(terms(LARGE))))
        .hasSize(4) // 8 terms, then 7 and the sum so far
        .allSatisfy(map -> assertThat(map.inputs()).hasSizeLessThanOrEqualTo(8));
    assertThat(maps(sum(terms(LARGE).subList(0, 8)))).hasSize(1);
  }

  @Test
  void aSumOfManySmallTensorsIsOnePass() {
    assertThat(maps(sum(terms(SMALL)))).hasSize(1);
  }

  @Test
  void aPartIsComputedOnceItsTermsAreThere() {
    Tensor x = graph.feed("x", LARGE);
    List<Tensor> costly = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      costly.add(x.conv2d(graph.feed("w" + i, Shape.of(1, 1, 16, 16)), point(), 1).relu());
    }
    List<Call> calls =
        Planner.plan(Computation.of(sum(costly))).steps().stream().map(Program.Step::call).toList();
    int part = calls.indexOf(calls.stream().filter(Call.Map.class::isInstance).findFirst().get());
    assertThat(calls.subList(0, part)).hasSize(8).allMatch(Call.Conv2d.class::isInstance);
  }

  @Test
  void aSumInPartsHasTheBitsOfOneTermAfterAnother() {
    Map<String, HostData> feeds = new LinkedHashMap<>();
    float[] expected = new float[LARGE.size()];
    for (int i = 0; i < TERMS; i++) {
      float[] values = values(LARGE.size(), i);
      for (int k = 0; k < expected.length; k++) {
        float clipped = Math.max(0, values[k]);
        expected[k] = i == 0 ? clipped : expected[k] + clipped;
      }
      feeds.put("x" + i, HostData.of(values));
    }
    assertThat(run(feeds, sum(terms(LARGE))).getFirst()).containsExactly(expected);
  }

  /**
   * Convolutions one after the other, each normalised, and the gradients of all: pointwise ones,
   * each after a depthwise one if so wished.
   */
  private final class Network {
    private static final int LAYERS = 12;
    private static final Shape IMAGES = Shape.of(32, 32, 32, 16);
    private final Map<String, HostData> feeds = new LinkedHashMap<>();
    private final List<Tensor> activations = new ArrayList<>();
    private final List<Tensor> gradients;

    Network(int layers) {
      this(layers, false);
    }

    Network(int layers, boolean depthwise) {
      Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
      Tensor x = feed("x", IMAGES);
      List<Tensor> weights = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        Tensor w = feed("w" + i, Shape.of(1, 1, 16, 16));
        weights.add(w);
        if (depthwise) {
          Tensor taps = feed("taps" + i, Shape.of(3, 3, 1, 16));
          weights.add(taps);
          x = x.conv2d(taps, Window2d.same(3, 3, 1, 1), 16);
          activations.add(x);
        }
        Tensor y = x.conv2d(w, point(), 1);
        x = BatchNorm.withoutAffine().apply(scope.child("norm" + i), y).relu();
        activations.add(x);
      }
      gradients = Gradients.of(x.mul(x).sum(), weights);
    }

    private Tensor feed(String name, Shape shape) {
      feeds.put(name, HostData.of(values(shape.size(), feeds.size())));
      return graph.feed(name, shape);
    }

    /** Counts the passes that clip below zero, as each activation does. */
    private long activationsOf(Tensor... results) {
      return maps(results).stream()
          .filter(map -> map.expr().steps().stream().anyMatch(step -> step.fn() == Fn.RELU))
          .count();
    }

    /** Counts the depthwise convolutions. */
    private static long depthwise(Tensor... results) {
      return Planner.plan(Computation.of(results)).steps().stream()
          .map(Program.Step::call)
          .filter(call -> call instanceof Call.Conv2d conv && conv.geometry().groups() > 1)
          .count();
    }

    private Tensor[] all() {
      return gradients.toArray(Tensor[]::new);
    }
  }

  private static Window2d point() {
    return Window2d.same(1, 1, 1, 1);
  }

  @Test
  void anActivationIsComputedAgainForAFarBackwardPass() {
    Network network = new Network(Network.LAYERS);
    assertThat(network.activationsOf(network.all())).isGreaterThan(Network.LAYERS);
    ProgramMemory.check(Planner.plan(Computation.of(network.all())));
  }

  @Test
  void anActivationSoonReadAgainIsKept() {
    Network network = new Network(3);
    assertThat(network.activationsOf(network.all())).isEqualTo(3);
  }

  @Test
  void whatIsComputedAgainNeedsNoMemoryMeanwhile() {
    Network network = new Network(Network.LAYERS);
    List<Tensor> kept = new ArrayList<>(network.gradients);
    kept.addAll(network.activations);
    int again = Planner.plan(Computation.of(network.all())).arenaElements(DType.F32);
    int stored = Planner.plan(Computation.of(kept.toArray(Tensor[]::new))).arenaElements(DType.F32);
    assertThat(again).isLessThan(stored - 4 * Network.IMAGES.size());
  }

  @Test
  void whatIsComputedAgainHasTheSameBits() {
    haveTheSameBits(new Network(Network.LAYERS));
  }

  @Test
  void aDepthwiseConvolutionIsComputedAgainAfterWhatItReads() {
    Network network = new Network(Network.LAYERS, true);
    assertThat(Network.depthwise(network.all())).isGreaterThan(Network.LAYERS);
    assertThat(network.activationsOf(network.all())).isGreaterThan(Network.LAYERS);
    ProgramMemory.check(Planner.plan(Computation.of(network.all())));
    haveTheSameBits(network);
  }

  private static void haveTheSameBits(Network network) {
    List<Tensor> kept = new ArrayList<>(network.gradients);
    kept.addAll(network.activations);
    List<float[]> again = run(network.feeds, network.all());
    List<float[]> stored = run(network.feeds, kept.toArray(Tensor[]::new));
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i)).containsExactly(stored.get(i));
    }
  }

  private static List<float[]> run(Map<String, HostData> feeds, Tensor... results) {
    try (Backend backend = Backends.open("cpu-simd", BackendOptions.threads(2));
        Session session = new Session(backend)) {
      Values values = session.run(session.compile(Computation.of(results)), feeds);
      return IntStream.range(0, results.length).mapToObj(values::floats).toList();
    }
  }

  private static float[] values(int size, int seed) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.sin(seed + 0.7 * i);
    }
    return values;
  }
}
