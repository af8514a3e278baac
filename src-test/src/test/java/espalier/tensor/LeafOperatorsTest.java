package espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Uniform;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations through which no gradient flows: where values begin, and where flow is stopped. */
class LeafOperatorsTest {
  private final Backend backend = Backends.open("reference", BackendOptions.threads(1));
  private final Session session = new Session(backend);
  private final Graph graph = new Graph();

  @AfterEach
  void close() {
    session.close();
    backend.close();
  }

  private Values run(Map<String, HostData> feeds, Tensor... results) {
    return session.run(session.compile(Computation.of(results)), feeds);
  }

  @Test
  void aConstantRepeatsItsNumberAndHasAGradientOfItsOwn() {
    Tensor constant = graph.constant(2.5, Shape.of(2, 3));
    Tensor loss = constant.mul(constant).sum();
    Values values = run(Map.of(), constant, Gradients.of(loss, List.of(constant)).getFirst());
    assertThat(values.doubles(0)).containsOnly(2.5).hasSize(6);
    assertThat(values.doubles(1)).containsOnly(5.0).hasSize(6);
  }

  @Test
  void aFeedIsWhatTheCallerSuppliesAndHasAGradient() {
    Tensor x = graph.feed("x", Shape.of(3));
    Tensor gradient = Gradients.of(x.mul(x).sum(), List.of(x)).getFirst();
    Values values = run(Map.of("x", HostData.of(1.0, -2.0, 3.0)), x, gradient);
    assertThat(values.doubles(0)).containsExactly(1, -2, 3);
    assertThat(values.doubles(1)).containsExactly(2, -4, 6);
  }

  @Test
  void aVariableIsWhatTheSessionHoldsAndHasAGradient() {
    session.declare("w", Shape.of(2), HostData.of(3.0, 4.0));
    Tensor w = graph.variable("w", Shape.of(2));
    Tensor gradient = Gradients.of(w.mul(w).sum(), List.of(w)).getFirst();
    Values values = run(Map.of(), w, gradient);
    assertThat(values.doubles(0)).containsExactly(3, 4);
    assertThat(values.doubles(1)).containsExactly(6, 8);
  }

  @Test
  void labelsBecomeRowsOfOneOneAndLabelsThatAreNoClassRowsOfZeros() {
    Tensor labels = graph.feed("labels", DType.I32, Shape.of(4));
    Tensor rows = labels.oneHot(3);
    Values values = run(Map.of("labels", HostData.of(2, 0, 3, -1)), rows);
    assertThat(values.doubles(0)).containsExactly(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void labelsOfAnyShapeGetOneAxisMore() {
    Tensor labels = graph.feed("labels", DType.I32, Shape.of(2, 1));
    Tensor rows = labels.oneHot(3);
    assertThat(rows.shape()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(run(Map.of("labels", HostData.of(1, 2)), rows).doubles(0))
        .containsExactly(0, 1, 0, 0, 0, 1);
  }

  @Test
  void nothingFlowsBackToLabels() {
    Tensor labels = graph.feed("labels", DType.I32, Shape.of(2));
    Tensor gradient = Gradients.of(labels.oneHot(3).sum(), List.of(labels)).getFirst();
    assertThat(run(Map.of(), gradient).doubles(0)).containsExactly(0, 0);
  }

  @Test
  void uniformNumbersLieInTheUnitIntervalAndDependOnSeedStepAndStreamAlone() {
    Tensor key = graph.feed("key", DType.I32, Shape.of(4));
    Shape shape = Shape.of(5, 7);
    Tensor one = graph.applyOne(new Uniform(1, shape), key);
    Tensor same = graph.applyOne(new Uniform(1, shape), key);
    Tensor other = graph.applyOne(new Uniform(2, shape), key);
    HostData step0 = HostData.of(7, 0, 0, 0);
    HostData step1 = HostData.of(7, 0, 1, 0);
    Values values = run(Map.of("key", step0), one, same, other);
    double[] first = values.doubles(0);
    assertThat(first).hasSize(35).doesNotHaveDuplicates();
    assertThat(Arrays.stream(first)).allMatch(u -> u >= 0 && u < 1);
    assertThat(values.doubles(1)).isEqualTo(first);
    assertThat(values.doubles(2)).doesNotContain(first);
    assertThat(run(Map.of("key", step1), one).doubles(0)).doesNotContain(first);
    assertThat(run(Map.of("key", step0), one).doubles(0)).isEqualTo(first);
  }

  @Test
  void nothingFlowsBackToTheKeyOfRandomNumbers() {
    Tensor key = graph.feed("key", DType.I32, Shape.of(4));
    Tensor uniform = graph.applyOne(new Uniform(1, Shape.of(3)), key);
    Tensor gradient = Gradients.of(uniform.sum(), List.of(key)).getFirst();
    assertThat(run(Map.of(), gradient).doubles(0)).containsExactly(0, 0, 0, 0);
  }

  @Test
  void stoppedGradientsLeaveTheValueAndOnlyTheOtherPathsFlow() {
    Tensor x = graph.feed("x", Shape.of(2));
    Tensor y = x.stopGradient().mul(x);
    List<Tensor> first = Gradients.of(y.sum(), List.of(x));
    List<Tensor> second = Gradients.of(first.getFirst().sum(), List.of(x));
    Values values =
        run(Map.of("x", HostData.of(3.0, -5.0)), y, first.getFirst(), second.getFirst());
    assertThat(values.doubles(0)).containsExactly(9, 25);
    assertThat(values.doubles(1)).containsExactly(3, -5);
    assertThat(values.doubles(2)).containsExactly(0, 0);
  }
}
