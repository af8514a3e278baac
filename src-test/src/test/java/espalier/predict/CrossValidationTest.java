package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.CrossValidation;
import espalier.core.predict.Predictor;
import espalier.core.predict.Replacement;
import espalier.core.predict.RidgeRegression;
import espalier.core.statistics.RankCorrelation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Predictions of examples that were left out, and what they decide. */
final class CrossValidationTest {
  private static final int COUNT = 23;
  private static final List<Integer> EXAMPLES = IntStream.range(0, COUNT).boxed().toList();
  private static final double[] SQUARES = EXAMPLES.stream().mapToDouble(i -> i * i).toArray();

  @Test
  void noExampleIsPredictedFromItselfAndAllOthersAreUsed() {
    List<List<Integer>> learnt = new ArrayList<>();
    Predictor<Integer> recording =
        (inputs, targets) -> {
          assertThat(targets).isEqualTo(inputs.stream().mapToDouble(i -> i * i).toArray());
          learnt.add(inputs);
          return input -> inputs.contains(input) ? Double.NaN : 100 + input;
        };
    double[] predictions = new CrossValidation(5, 1).predictions(recording, EXAMPLES, SQUARES);
    assertThat(predictions).isEqualTo(EXAMPLES.stream().mapToDouble(i -> 100 + i).toArray());
    assertThat(learnt).extracting(List::size).containsExactlyInAnyOrder(18, 18, 18, 19, 19);
    List<List<Integer>> first = List.copyOf(learnt);
    learnt.clear();
    new CrossValidation(5, 1).predictions(recording, EXAMPLES, SQUARES);
    assertThat(learnt).isEqualTo(first);
    learnt.clear();
    new CrossValidation(5, 2).predictions(recording, EXAMPLES, SQUARES);
    assertThat(learnt).isNotEqualTo(first);
  }

  /** Ridge regression left out one at a time has a closed form: the residual over 1 − leverage. */
  @Test
  void leavingOutOneAtATimeIsTheClosedForm() {
    double[] xs = {-3, -1, 0, 1, 3};
    double[] y = {1, 0, 2, 1, 5};
    List<double[]> rows = Arrays.stream(xs).mapToObj(x -> new double[] {x}).toList();
    double tiny = 1e-12;
    double[] left = new CrossValidation(5, 3).predictions(new RidgeRegression(tiny), rows, y);
    // Σx = 0, Σx² = 20, Σxy = 13, mean 1.8.
    for (int i = 0; i < 5; i++) {
      double residual = y[i] - 1.8 - 13 / 20.0 * xs[i];
      double leverage = 0.2 + xs[i] * xs[i] / 20;
      assertThat(y[i] - left[i]).isCloseTo(residual / (1 - leverage), within(1e-9));
    }
  }

  @Test
  void aPredictorBelowTheParametersIsRefused() {
    double[] truth = {1, 2, 3, 4, 5};
    RankCorrelation good = RankCorrelation.kendall(truth, new double[] {1, 2, 3, 5, 4});
    RankCorrelation bad = RankCorrelation.kendall(truth, new double[] {1, 2, 5, 4, 3});
    RankCorrelation none = RankCorrelation.kendall(truth, new double[] {7, 7, 7, 7, 7});
    assertThat(new Replacement(good, bad).objection()).isEmpty();
    assertThat(new Replacement(good, good).objection()).isEmpty();
    assertThat(new Replacement(bad, good).objection())
        .hasValue(
            "predictor: Kendall's tau is 0.400, expected at least that of the parameters alone,"
                + " 0.800");
    assertThat(new Replacement(none, bad).objection()).isPresent();
  }

  @Test
  void foldsWithoutExamplesAreRefused() {
    assertThatThrownBy(() -> new CrossValidation(1, 0))
        .hasMessage("cross-validation: 1 folds, expected 2 or more");
    assertThatThrownBy(() ->
            new CrossValidation(9, 0)
                .predictions(new RidgeRegression(1), List.of(new double[] {1}), new double[] {1}))
        .hasMessage("cross-validation: 1 examples for 9 folds, expected one for each at least");
  }
}
