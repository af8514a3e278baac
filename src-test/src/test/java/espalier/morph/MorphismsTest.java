package espalier.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.morph.Division;
import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.GrowingSpace;
import espalier.core.morph.Growth;
import espalier.core.morph.Morphism;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.nn.Built;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network computes stays as it is while the network grows. */
final class MorphismsTest {
  private static final GrowingSpace SPACE = new GrowingSpace(2, 2, 3, List.of(1, 3, 5), 9);
  private static final GrowingSpace SMALL = new GrowingSpace(2, 2, 1, List.of(1, 3, 5), 4);
  private static final Shape IMAGES = Shape.of(3, 5, 6, 2);
  private static final int CLASSES = 3;
  private static final double[] INPUT = Built.numbers(IMAGES.size(), 0.3);

  /** The bound; what is seen is a few roundings. */
  private static final double PRESERVED = 1e-6;

  private static double[] run(GrowingNetwork network, Scope.Mode mode, Map<String, double[]> w) {
    Network built = network.network(CLASSES);
    return Built.run(
            (scope, x) -> built.build(scope, x).main(),
            IMAGES,
            INPUT,
            new Built.Setting(mode, w, Map.of(), 1, 0))
        .output();
  }

  private static double[] infer(GrowingNetwork network, Map<String, double[]> weights) {
    return run(network, Scope.Mode.INFERENCE, weights);
  }

  /** Weights such as a training leaves: nothing is zero, and every channel has other statistics. */
  private static Map<String, double[]> weights(GrowingNetwork network, long seed) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.INFERENCE);
    network.network(CLASSES).build(scope, scope.graph().feed("x", IMAGES));
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (Parameter variable : scope.parameters().values()) {
      Philox random = Philox.of(seed, variable.name());
      double[] values = new double[variable.shape().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            variable.name().endsWith("running_var")
                ? 0.5 + random.uniformDouble(i)
                : random.normal(i) / 2;
      }
      weights.put(variable.name(), values);
    }
    return weights;
  }

  private static void preserves(Growth growth, Map<String, double[]> weights) {
    double[] before = infer(growth.from(), weights);
    Map<String, double[]> grown = growth.weights(weights);
    double[] after = infer(growth.to(), grown);
    assertThat(before).as("an output that says something").doesNotContain(0.0);
    assertThat(after).as(growth.toString()).containsExactly(before, within(PRESERVED));
    assertThat(grown.keySet())
        .containsExactlyInAnyOrderElementsOf(weights(growth.to(), 0).keySet());
  }

  private static GrowingNetwork network(String text) {
    return SPACE.parse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2x3 / 4x5", "4x3 2x1+0 2x5+0+1 / 2x3+2 8x3+2+3", "2x1 2x5+0 / 4x3+1"})
  void eachMorphismOfEachLayerPreservesTheFunction(String text) {
    GrowingNetwork network = network(text);
    Map<String, double[]> weights = weights(network, 4);
    int layers = network.layers().size();
    List<Morphism> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      all.add(new Morphism.Widen(i));
      for (int kernel : SPACE.kernels()) {
        all.add(new Morphism.Deepen(i, kernel));
      }
    }
    for (Morphism morphism : all) {
      preserves(new Growth(network, List.of(morphism), Division.even()), weights);
      preserves(new Growth(network, List.of(morphism), new Division(0.5, 7, 0)), weights);
    }
  }

  @Test
  void everySkipPreservesTheFunction() {
    GrowingNetwork network = network("2x3 4x5 2x1 / 2x3 8x3");
    for (int[] skip : new int[][] {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 4}}) {
      Morphism morphism = new Morphism.AddSkip(skip[0], skip[1]);
      preserves(new Growth(network, List.of(morphism), Division.even()), weights(network, 5));
    }
  }

  /** Random networks grow until nothing is left to grow, skips before and after what they pass. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void chainsOfRandomMorphismsPreserveTheFunction(long seed) {
    GrowingNetwork network = SMALL.sample(Philox.of(seed, "network"));
    Draws draws = new Draws(Philox.of(seed, "morphisms"));
    Division division = seed % 2 == 0 ? Division.even() : new Division(1, seed, 0);
    List<Morphism> steps = new ArrayList<>();
    GrowingNetwork grown = network;
    while (steps.size() < 10) {
      Morphism step = SPACE.morphism(grown, draws).orElseThrow();
      steps.add(step);
      grown = step.apply(grown);
    }
    Growth growth = new Growth(network, steps, division);
    assertThat(growth.to()).isEqualTo(grown).isNotEqualTo(network);
    assertThat(SPACE.parse(SPACE.print(grown))).isEqualTo(grown);
    preserves(growth, weights(network, seed));
  }

  /** The comparison can fail: a trained skip, and copies that are read in full. */
  @Test
  void otherChangesDoNotPreserveTheFunction() {
    GrowingNetwork network = network("2x3 4x5 / 2x3");
    Map<String, double[]> weights = weights(network, 6);
    double[] before = infer(network, weights);
    Growth skip = new Growth(network, List.of(new Morphism.AddSkip(0, 1)), Division.even());
    Map<String, double[]> trained = new LinkedHashMap<>(skip.weights(weights));
    trained.computeIfPresent("layers.1.skip0.weight", (_, v) -> Built.numbers(v.length, 1));
    assertThat(distance(before, infer(skip.to(), trained))).isGreaterThan(1000 * PRESERVED);
    Growth wide = new Growth(network, List.of(new Morphism.Widen(2)), Division.even());
    Map<String, double[]> full = new LinkedHashMap<>(wide.weights(weights));
    full.computeIfPresent("classifier.weight", (_, v) -> Built.numbers(v.length, 2));
    assertThat(distance(before, infer(wide.to(), full))).isGreaterThan(1000 * PRESERVED);
  }

  private static double distance(double[] a, double[] b) {
    double greatest = 0;
    for (int i = 0; i < a.length; i++) {
      greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
    }
    return greatest;
  }

  /** Copies have the same statistics as their units, so widening is exact in training, too. */
  @Test
  void wideningAndSkipsPreserveTheFunctionInTraining() {
    GrowingNetwork network = network("4x3 2x1+0 / 2x3+1 8x3");
    Map<String, double[]> weights = weights(network, 8);
    double[] before = run(network, Scope.Mode.TRAINING, weights);
    for (Morphism morphism :
        List.of(
            new Morphism.Widen(0),
            new Morphism.Widen(1),
            new Morphism.Widen(3),
            new Morphism.AddSkip(1, 3))) {
      Growth growth = new Growth(network, List.of(morphism), Division.even());
      assertThat(run(growth.to(), Scope.Mode.TRAINING, growth.weights(weights)))
          .containsExactly(before, within(PRESERVED));
    }
  }

  /**
   * A batch's own statistics are nearly those that the new layer expects: the function changes by a
   * fraction of what it does with a normalisation that expects mean 0 and variance 1.
   */
  @Test
  void deepeningNearlyPreservesTheFunctionInTraining() {
    GrowingNetwork network = network("4x3 / 4x3");
    double ours = 0;
    double plain = 0;
    for (long seed = 0; seed < 10; seed++) {
      Map<String, double[]> weights = weights(network, seed);
      double[] before = run(network, Scope.Mode.TRAINING, weights);
      Growth growth = new Growth(network, List.of(new Morphism.Deepen(0, 3)), Division.even());
      Map<String, double[]> deeper = new LinkedHashMap<>(growth.weights(weights));
      ours += distance(before, run(growth.to(), Scope.Mode.TRAINING, deeper));
      double one = Math.sqrt(1 + 1e-5);
      deeper.put("layers.1.norm.weight", new double[] {one, one, one, one});
      deeper.put("layers.1.norm.bias", new double[4]);
      deeper.put("layers.1.norm.running_mean", new double[4]);
      deeper.put("layers.1.norm.running_var", new double[] {1, 1, 1, 1});
      assertThat(infer(growth.to(), deeper))
          .containsExactly(infer(network, weights), within(PRESERVED));
      plain += distance(before, run(growth.to(), Scope.Mode.TRAINING, deeper));
    }
    assertThat(ours).isLessThan(plain / 2);
  }

  /** Mean and variance of max(0, x) for x of the standard normal distribution, and moved far. */
  @Test
  void aNewLayerExpectsTheStatisticsOfRectifiedNormalNumbers() {
    GrowingNetwork network = network("2x3 / 2x3");
    Map<String, double[]> weights = new LinkedHashMap<>(weights(network, 9));
    weights.put("layers.0.norm.bias", new double[] {0, 20});
    weights.put("layers.0.norm.weight", new double[] {-1, 2});
    Map<String, double[]> deeper =
        new Morphism.Deepen(0, 3).inherit(network, weights, Division.even());
    assertThat(deeper.get("layers.1.norm.running_mean"))
        .containsExactly(new double[] {1 / Math.sqrt(2 * Math.PI), 20}, within(1e-12));
    assertThat(deeper.get("layers.1.norm.running_var"))
        .containsExactly(new double[] {0.5 - 0.5 / Math.PI, 4}, within(1e-9));
  }

  /** Halves stay alike under any gradient; uneven shares are told apart and still add up. */
  @Test
  void copiesAreToldApartIfThatIsAskedFor() {
    GrowingNetwork network = network("2x1 / 2x3");
    Map<String, double[]> weights = weights(network, 10);
    double[] old = weights.get("classifier.weight");
    Morphism wider = new Morphism.Widen(1);
    double[] even = wider.inherit(network, weights, Division.even()).get("classifier.weight");
    double[] uneven =
        wider.inherit(network, weights, new Division(0.2, 3, 0)).get("classifier.weight");
    for (int i = 0; i < old.length; i++) {
      assertThat(even[i]).isEqualTo(even[i + old.length]).isEqualTo(old[i] / 2);
      assertThat(uneven[i] + uneven[i + old.length]).isCloseTo(old[i], within(1e-15));
      assertThat(uneven[i] / old[i]).isBetween(0.4, 0.6).isNotEqualTo(0.5);
    }
  }

  @Test
  void whatCannotGrowIsRefused() {
    GrowingNetwork network = network("2x3 4x5+0 / 2x3");
    assertThatThrownBy(() -> new Morphism.Widen(3).apply(network))
        .hasMessage("morphism: layer 3 of 3, expected one that is there");
    assertThatThrownBy(() -> new Morphism.AddSkip(0, 1).apply(network))
        .hasMessageContaining("skip from 0 to 1: is there");
    assertThatThrownBy(() -> new Morphism.AddSkip(0, 2).apply(network))
        .hasMessageContaining("layer 2 adds layer 0");
    assertThatThrownBy(() -> new Morphism.Widen(0).inherit(network, Map.of(), Division.even()))
        .hasMessageContaining("no weights of variable 'layers.0.conv.weight'");
  }
}
