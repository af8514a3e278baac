package espalier.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.Conv;
import espalier.core.nn.Initializer;
import espalier.core.nn.Linear;
import espalier.core.nn.Scope;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What weights start from. */
class InitializerTest {
  /** Fans of 288 and 1152. */
  private static final Shape CONVOLUTION = Shape.of(3, 3, 32, 128);

  /** Fans of 96 and 384. */
  private static final Shape LINEAR = Shape.of(96, 384);

  private static double variance(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return squares / values.length - mean * mean;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The variance of n draws lies within five of its deviations, √(2/n) of it for a normal. */
  private static void hasVariance(float[] values, double expected) {
    assertThat(variance(values))
        .isCloseTo(expected, within(5 * expected * Math.sqrt(2.0 / values.length)));
  }

  private static void isUniform(float[] values, double bound) {
    hasVariance(values, bound * bound / 3);
    assertThat(largest(values)).isBetween(0.999 * bound, bound * (1 + 1e-6));
  }

  @Test
  void variancesAndBoundsFollowTheFans() {
    hasVariance(new Initializer.He().values(CONVOLUTION, "w", 1), 2.0 / 288);
    hasVariance(new Initializer.He().values(LINEAR, "w", 1), 2.0 / 96);
    isUniform(new Initializer.Xavier().values(CONVOLUTION, "w", 1), Math.sqrt(6.0 / (288 + 1152)));
    isUniform(new Initializer.Xavier().values(LINEAR, "w", 1), Math.sqrt(6.0 / (96 + 384)));
    isUniform(new Initializer.FanIn().values(CONVOLUTION, "w", 1), 1 / Math.sqrt(288));
    isUniform(new Initializer.FanIn().values(LINEAR, "w", 1), 1 / Math.sqrt(96));
    hasVariance(new Initializer.Normal(0.3).values(LINEAR, "w", 1), 0.09);
    assertThat(Initializer.ones().values(LINEAR, "w", 1)).containsOnly(1f);
    assertThat(Initializer.zeros().values(LINEAR, "w", 1)).containsOnly(0f);
  }

  @Test
  void aDepthwiseKernelHasTheFanOfOneChannel() {
    hasVariance(new Initializer.He().values(Shape.of(5, 5, 1, 512), "w", 1), 2.0 / 25);
  }

  @Test
  void valuesAreAFunctionOfSeedAndName() {
    Initializer he = new Initializer.He();
    float[] values = he.values(LINEAR, "cell.weight", 3);
    assertThat(he.values(LINEAR, "cell.weight", 3)).isEqualTo(values);
    assertThat(he.values(LINEAR, "cell.weight", 4)).isNotEqualTo(values);
    assertThat(he.values(LINEAR, "cell.weights", 3)).isNotEqualTo(values);
  }

  @Test
  void aWeightStartsAlikeWhateverElseTheNetworkDeclares() {
    Map<String, float[]> forwards = initial(List.of("a", "b", "c"));
    Map<String, float[]> backwards = initial(List.of("c", "x", "b", "a"));
    assertThat(new ArrayList<>(forwards.keySet()))
        .isNotEqualTo(new ArrayList<>(backwards.keySet()));
    forwards.forEach((name, values) -> assertThat(backwards.get(name)).isEqualTo(values));
    assertThat(forwards.get("a.conv.weight")).isNotEqualTo(forwards.get("b.conv.weight"));
  }

  /** Initial values of a network with these parts. */
  private static Map<String, float[]> initial(List<String> parts) {
    Graph graph = new Graph();
    Scope root = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor image = graph.feed("image", Shape.of(2, 4, 4, 3));
    for (String part : parts) {
      Conv.same(5, 3, 1).apply(root.child(part).child("conv"), image);
      Linear.of(4).apply(root.child(part), image.reshape(Shape.of(2, 48)));
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    root.parameters()
        .forEach((name, parameter) ->
            values.put(name, parameter.initializer().values(parameter.shape(), name, 9)));
    return values;
  }
}
