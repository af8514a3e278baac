package espalier.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.CrossEntropy;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The loss and its gradient against a computation in plain doubles. */
class CrossEntropyTest {
  private static final int ROWS = 5;
  private static final int CLASSES = 3;
  private static final int[] LABELS = {2, 0, 1, 2, 2};
  private static final List<Double> WEIGHTS = List.of(0.5, 4.0, 1.25);

  /** The loss, then its gradient with respect to the logits. */
  private static double[] found(CrossEntropy entropy, double[] logits) {
    Graph graph = new Graph();
    Tensor x = graph.feed("logits", Shape.of(ROWS, CLASSES));
    Tensor loss = entropy.loss(x, graph.feed("labels", DType.I32, Shape.of(ROWS)));
    Tensor gradient = Gradients.of(loss, List.of(x)).getFirst();
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      var values =
          session.run(
              session.compile(Computation.of(loss, gradient)),
              Map.of("logits", HostData.of(logits), "labels", HostData.of(LABELS)));
      double[] all = new double[1 + ROWS * CLASSES];
      all[0] = values.scalar(0);
      System.arraycopy(values.doubles(1), 0, all, 1, ROWS * CLASSES);
      return all;
    }
  }

  private static double[] expected(double smoothing, List<Double> weights, double[] logits) {
    double[] all = new double[1 + ROWS * CLASSES];
    double total = 0;
    for (int label : LABELS) {
      total += weights.get(label);
    }
    for (int row = 0; row < ROWS; row++) {
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        sum += Math.exp(logits[row * CLASSES + c]);
      }
      double share = weights.get(LABELS[row]) / total;
      for (int c = 0; c < CLASSES; c++) {
        double target = (c == LABELS[row] ? 1 - smoothing : 0) + smoothing / CLASSES;
        double logit = logits[row * CLASSES + c];
        all[0] -= share * target * (logit - Math.log(sum));
        all[1 + row * CLASSES + c] = share * (Math.exp(logit) / sum - target);
      }
    }
    return all;
  }

  @Test
  void lossAndGradientAreThoseOfTheFormula() {
    double[] logits = Built.numbers(ROWS * CLASSES, 1);
    List<Double> even = List.of(1.0, 1.0, 1.0);
    for (double smoothing : new double[] {0, 0.1, 0.6}) {
      assertThat(found(new CrossEntropy(smoothing, List.of()), logits))
          .containsExactly(expected(smoothing, even, logits), within(1e-12));
      assertThat(found(new CrossEntropy(smoothing, WEIGHTS), logits))
          .containsExactly(expected(smoothing, WEIGHTS, logits), within(1e-12));
    }
  }

  @Test
  void aClassOfWeightNothingDoesNotCount() {
    double[] logits = Built.numbers(ROWS * CLASSES, 1);
    double[] found = found(new CrossEntropy(0.1, List.of(1.0, 1.0, 0.0)), logits);
    for (int row = 0; row < ROWS; row++) {
      for (int c = 0; c < CLASSES; c++) {
        double gradient = found[1 + row * CLASSES + c];
        assertThat(gradient == 0).isEqualTo(LABELS[row] == 2);
      }
    }
  }

  @Test
  void largeLogitsStayFinite() {
    double[] logits = new double[ROWS * CLASSES];
    for (int row = 0; row < ROWS; row++) {
      logits[row * CLASSES] = 1e4;
    }
    assertThat(found(CrossEntropy.plain(), logits)[0]).isCloseTo(0.8 * 1e4, within(1e-9));
  }

  @Test
  void whatIsNoLossIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy(1, List.of()))
        .withMessage("label smoothing: found 1.0, expected at least 0 and less than 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy(0, List.of(1.0, -1.0)))
        .withMessage("class weights: found [1.0, -1.0], expected finite numbers of 0 or more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> found(new CrossEntropy(0, List.of(1.0, 1.0)), new double[ROWS * CLASSES]))
        .withMessage("class weights: found 2, expected 3");
  }
}
