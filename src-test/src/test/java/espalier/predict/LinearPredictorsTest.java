package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.BayesianLinearRegression;
import espalier.core.predict.Cholesky;
import espalier.core.predict.Fit;
import espalier.core.predict.RidgeRegression;
import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainFit.Prediction;
import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Ridge and Bayesian linear regression. */
final class LinearPredictorsTest {
  private static final double ROUNDING = 1e-12;

  /** Centred, Σxy = 4 and Σx² = 2, so the slope is 4/(2 + λ), through (1, 2). */
  @Test
  void ridgeIsTheOneWorkedOutByHand() {
    double[] y = {0, 2, 4};
    Fit<double[]> fit = new RidgeRegression(2).fit(line(0, 1, 2), y);
    assertThat(fit.mean(new double[] {0})).isCloseTo(1, within(ROUNDING));
    assertThat(fit.mean(new double[] {5})).isCloseTo(6, within(ROUNDING));
    // Four copies of the feature: each has the slope 4/(4 · 2 + λ).
    List<double[]> copies = Stream.of(0, 1, 2).map(x -> new double[] {x, x, x, x}).toList();
    Fit<double[]> dual = new RidgeRegression(2).fit(copies, y);
    assertThat(dual.mean(new double[] {2, 2, 2, 2})).isCloseTo(2 + 1.6, within(ROUNDING));
  }

  /**
   * Features that are always 0 turn the equations from those of features into those of examples.
   */
  @Property(tries = 100, seed = "62")
  void idleFeaturesChangeNothing(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 8) int features) {
    List<double[]> rows = rows(seed, n, features);
    List<double[]> wide = rows.stream().map(row -> Arrays.copyOf(row, features + 20)).toList();
    double[] y = targets(seed, n);
    Fit<double[]> ridge = new RidgeRegression(0.5).fit(rows, y);
    Fit<double[]> wideRidge = new RidgeRegression(0.5).fit(wide, y);
    UncertainFit<double[]> bayes = new BayesianLinearRegression().fit(rows, y);
    UncertainFit<double[]> wideBayes = new BayesianLinearRegression().fit(wide, y);
    for (double[] x : rows(seed + 1, 5, features)) {
      double[] wideX = Arrays.copyOf(x, features + 20);
      assertThat(wideRidge.mean(wideX)).isCloseTo(ridge.mean(x), within(1e-10));
      Prediction prediction = bayes.predict(x);
      assertThat(wideBayes.predict(wideX).mean()).isCloseTo(prediction.mean(), within(1e-6));
      assertThat(wideBayes.predict(wideX).deviation())
          .isCloseTo(prediction.deviation(), within(1e-6));
    }
  }

  @Property(tries = 50, seed = "63")
  void ridgeLeavesAGradientOfZero(@ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int n) {
    int features = 3;
    double penalty = 0.7;
    List<double[]> rows = rows(seed, n, features);
    double[] y = targets(seed, n);
    Fit<double[]> fit = new RidgeRegression(penalty).fit(rows, y);
    double level = fit.mean(new double[features]);
    for (int j = 0; j < features; j++) {
      double[] unit = new double[features];
      unit[j] = 1;
      double slope = fit.mean(unit) - level;
      double gradient = penalty * slope;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double error = fit.mean(rows.get(i)) - y[i];
        gradient += error * rows.get(i)[j];
        sum += error;
      }
      assertThat(gradient).isCloseTo(0, within(1e-11));
      assertThat(sum).isCloseTo(0, within(1e-11));
    }
  }

  /**
   * The posterior by way of the n × n covariance of the targets, I + XXᵀ/λ times the noise: its
   * density at the targets is the evidence, its conditional the prediction.
   */
  @Property(tries = 30, seed = "64")
  void bayesIsThePosteriorOfTheGreatestEvidence(@ForAll long seed) {
    int n = 9;
    int features = 3;
    List<double[]> rows = centred(rows(seed, n, features));
    double[] y = targets(seed, n);
    double mean = Arrays.stream(y).average().orElseThrow();
    double[] centred = Arrays.stream(y).map(v -> v - mean).toArray();
    double best = Double.NEGATIVE_INFINITY;
    double bestPenalty = 0;
    for (int quarter = -16; quarter <= 16; quarter++) {
      double penalty = Math.pow(10, quarter / 4.0);
      Cholesky covariance = new Cholesky(covariance(rows, penalty));
      double noise = covariance.inverseForm(centred) / n;
      double evidence = -n * Math.log(noise) - covariance.logDeterminant();
      if (evidence > best) {
        best = evidence;
        bestPenalty = penalty;
      }
    }
    Cholesky covariance = new Cholesky(covariance(rows, bestPenalty));
    double noise = covariance.inverseForm(centred) / n;
    UncertainFit<double[]> fit = new BayesianLinearRegression().fit(rows, y);
    for (double[] x : rows(seed + 1, 5, features)) {
      double[] known = new double[n];
      for (int i = 0; i < n; i++) {
        known[i] = dot(rows.get(i), x) / bestPenalty;
      }
      double expected = mean + dot(known, covariance.solve(centred));
      double variance = noise * (1 + dot(x, x) / bestPenalty - covariance.inverseForm(known));
      assertThat(fit.predict(x).mean()).isCloseTo(expected, within(1e-8));
      assertThat(fit.predict(x).deviation()).isCloseTo(Math.sqrt(variance), within(1e-8));
    }
  }

  private static double[][] covariance(List<double[]> rows, double penalty) {
    double[][] covariance = new double[rows.size()][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        covariance[i][j] = (i == j ? 1 : 0) + dot(rows.get(i), rows.get(j)) / penalty;
      }
    }
    return covariance;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void whatCannotBeLearntFromIsRefused() {
    RidgeRegression ridge = new RidgeRegression(1);
    assertThatThrownBy(() -> new RidgeRegression(0))
        .hasMessage("ridge regression: penalty 0.0, expected more than 0");
    assertThatThrownBy(() -> ridge.fit(line(1, 2), new double[] {1}))
        .hasMessage(
            "predictor: 2 inputs and 1 targets, expected as many of both, and one at least");
    assertThatThrownBy(() -> ridge.fit(line(1, 2), new double[] {1, Double.NaN}))
        .hasMessage("predictor: target 1 is NaN, expected a finite number");
    assertThatThrownBy(() -> ridge.fit(line(1, 2), new double[] {1, 2}).mean(new double[2]))
        .hasMessage("predictor: an input of 2 features, expected 1");
  }

  private static List<double[]> line(double... xs) {
    return Arrays.stream(xs).mapToObj(x -> new double[] {x}).toList();
  }

  private static List<double[]> centred(List<double[]> rows) {
    double[] means = new double[rows.getFirst().length];
    rows.forEach(row -> Arrays.setAll(means, j -> means[j] + row[j] / rows.size()));
    rows.forEach(row -> Arrays.setAll(row, j -> row[j] - means[j]));
    return rows;
  }

  static List<double[]> rows(long seed, int n, int features) {
    double[][] rows = new double[n][features];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < features; j++) {
        rows[i][j] = Philox.of(seed, "rows").trial(i).normal(j);
      }
    }
    return List.of(rows);
  }

  static double[] targets(long seed, int n) {
    double[] targets = new double[n];
    for (int i = 0; i < n; i++) {
      targets[i] = Philox.of(seed, "targets").normal(i);
    }
    return targets;
  }
}
