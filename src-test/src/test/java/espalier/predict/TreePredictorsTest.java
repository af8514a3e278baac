package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.Fit;
import espalier.core.predict.GradientBoostedTrees;
import espalier.core.predict.RandomForest;
import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainFit.Prediction;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Forests and boosted trees. */
final class TreePredictorsTest {
  private static final double ROUNDING = 1e-12;
  private static final List<double[]> LINE =
      List.of(new double[] {0}, new double[] {1}, new double[] {2}, new double[] {5});

  @Test
  void aStumpAsksTheBestQuestion() {
    double[] y = {0, 1, 10, 11};
    Fit<double[]> stump = new GradientBoostedTrees(1, 1, 1, 1).fit(LINE, y);
    assertThat(stump.mean(new double[] {-7})).isCloseTo(0.5, within(ROUNDING));
    assertThat(stump.mean(new double[] {1.5})).isCloseTo(0.5, within(ROUNDING));
    assertThat(stump.mean(new double[] {1.51})).isCloseTo(10.5, within(ROUNDING));
    Fit<double[]> deep = new GradientBoostedTrees(1, 3, 1, 1).fit(LINE, y);
    for (int i = 0; i < y.length; i++) {
      assertThat(deep.mean(LINE.get(i))).isCloseTo(y[i], within(ROUNDING));
    }
    // Half of what is left of the mean, 5.5, is added each time.
    Fit<double[]> slow =
        new GradientBoostedTrees(2, 1, 0.5, 1).fit(LINE, new double[] {0, 0, 8, 8});
    assertThat(slow.mean(new double[] {0})).isCloseTo(4 - 2 - 1, within(ROUNDING));
  }

  /** No single question helps with exclusive or, yet two after each other answer it. */
  @Test
  void questionsThatHelpOnlyTogetherAreAsked() {
    List<double[]> corners =
        List.of(new double[] {0, 0}, new double[] {0, 1}, new double[] {1, 0}, new double[] {1, 1});
    Fit<double[]> fit =
        new GradientBoostedTrees(1, 2, 1, 3).fit(corners, new double[] {0, 1, 1, 0});
    assertThat(corners.stream().mapToDouble(fit::mean))
        .containsExactly(new Double[] {0.0, 1.0, 1.0, 0.0});
  }

  @Test
  void moreTreesLeaveLess() {
    List<double[]> rows = LinearPredictorsTest.rows(3, 40, 4);
    double[] y = LinearPredictorsTest.targets(3, 40);
    double last = Double.POSITIVE_INFINITY;
    for (int trees : new int[] {1, 10, 100}) {
      Fit<double[]> fit = new GradientBoostedTrees(trees, 3, 0.1, 1).fit(rows, y);
      double squares = 0;
      for (int i = 0; i < y.length; i++) {
        squares += Math.pow(fit.mean(rows.get(i)) - y[i], 2);
      }
      assertThat(squares).isLessThan(last);
      last = squares;
    }
  }

  @Property(tries = 60, seed = "67")
  void forestsAnswerWithinTheirTargets(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
    List<double[]> rows = LinearPredictorsTest.rows(seed, n, 3);
    double[] y = LinearPredictorsTest.targets(seed, n);
    UncertainFit<double[]> forest = new RandomForest(20, seed).fit(rows, y);
    double least = Arrays.stream(y).min().orElseThrow();
    double largest = Arrays.stream(y).max().orElseThrow();
    for (double[] x : LinearPredictorsTest.rows(seed + 1, 10, 3)) {
      Prediction prediction = forest.predict(x);
      assertThat(prediction.mean()).isBetween(least - ROUNDING, largest + ROUNDING);
      assertThat(prediction.deviation()).isBetween(0.0, (largest - least) / 2 + ROUNDING);
    }
  }

  /** Questions see only the order of a feature, so a rising map leaves the answers at examples. */
  @Property(tries = 30, seed = "68")
  void risingMapsOfFeaturesChangeNothing(@ForAll long seed) {
    List<double[]> rows = LinearPredictorsTest.rows(seed, 25, 3);
    List<double[]> mapped =
        rows.stream().map(row -> Arrays.stream(row).map(v -> v * v * v + 9).toArray()).toList();
    double[] y = LinearPredictorsTest.targets(seed, 25);
    Fit<double[]> boosted = GradientBoostedTrees.standard(1).fit(rows, y);
    Fit<double[]> mappedBoosted = GradientBoostedTrees.standard(1).fit(mapped, y);
    for (int i = 0; i < 25; i++) {
      assertThat(mappedBoosted.mean(mapped.get(i))).isEqualTo(boosted.mean(rows.get(i)));
    }
  }

  /** An example is missing from a draw with probability (1 − 1/n)ⁿ, so trees differ and deviate. */
  @Test
  void treesOfAForestSeeOtherExamples() {
    double[] y = {0, 0, 0, 1};
    int trees = 4_000;
    UncertainFit<double[]> forest = new RandomForest(trees, 9).fit(LINE, y);
    double share = forest.predict(LINE.get(3)).mean();
    double expected = 1 - Math.pow(0.75, 4);
    assertThat(share).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / trees)));
    assertThat(forest.predict(LINE.get(3)).deviation())
        .isCloseTo(Math.sqrt(share * (1 - share)), within(1e-9));
  }

  @Test
  void seedsAreUsedAndRepeat() {
    List<double[]> rows = LinearPredictorsTest.rows(5, 30, 4);
    double[] y = LinearPredictorsTest.targets(5, 30);
    double[] x = {0.1, 0.2, 0.3, 0.4};
    double first = new RandomForest(10, 1).fit(rows, y).mean(x);
    assertThat(new RandomForest(10, 1).fit(rows, y).mean(x)).isEqualTo(first);
    assertThat(new RandomForest(10, 2).fit(rows, y).mean(x)).isNotEqualTo(first);
    // Two copies of every feature: which of them is asked is drawn.
    List<double[]> copies = rows.stream().map(r -> new double[] {r[0], r[0], r[1], r[1]}).toList();
    double[] apart = {-0.4, 0.6, 0.3, -0.3};
    double boosted = GradientBoostedTrees.standard(1).fit(copies, y).mean(apart);
    assertThat(GradientBoostedTrees.standard(1).fit(copies, y).mean(apart)).isEqualTo(boosted);
    assertThat(GradientBoostedTrees.standard(2).fit(copies, y).mean(apart)).isNotEqualTo(boosted);
  }

  @Test
  void equalTargetsAreSure() {
    UncertainFit<double[]> forest = new RandomForest(5, 1).fit(LINE, new double[] {7, 7, 7, 7});
    assertThat(forest.predict(new double[] {3})).isEqualTo(new Prediction(7, 0));
    assertThatThrownBy(() -> new RandomForest(0, 1))
        .hasMessage("random forest: 0 trees, expected 1 or more");
    assertThatThrownBy(() -> forest.predict(new double[2]))
        .hasMessage("predictor: an input of 2 features, expected 1");
  }
}
