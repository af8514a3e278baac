package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.Cholesky;
import espalier.core.predict.Fit;
import espalier.core.predict.GaussianProcess;
import espalier.core.predict.Kernel;
import espalier.core.predict.NearestNeighbours;
import espalier.core.predict.RbfKernel;
import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainFit.Prediction;
import espalier.core.predict.WeisfeilerLehman;
import espalier.core.random.Philox;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Gaussian processes, their kernels, and nearest neighbours. */
final class KernelPredictorsTest {
  private static final double ROUNDING = 1e-12;

  /**
   * Targets −3 and 5 are 1 ∓ 4. With k between the two inputs and noise s, the weights are ∓1/(1 +
   * s − k), and the inverse of the 2 × 2 covariance gives the variance.
   */
  @Test
  void aProcessOfTwoPointsIsTheOneWorkedOutByHand() {
    double s = 0.1;
    double k = Math.exp(-0.5);
    UncertainFit<double[]> fit =
        new GaussianProcess<>(new RbfKernel(1), s)
            .fit(List.of(new double[] {0}, new double[] {1}), new double[] {-3, 5});
    for (double x : new double[] {-1, 0, 0.3, 1, 2.5}) {
      double toFirst = Math.exp(-x * x / 2);
      double toSecond = Math.exp(-(x - 1) * (x - 1) / 2);
      double mean = 1 + 4 * (toSecond - toFirst) / (1 + s - k);
      double determinant = (1 + s) * (1 + s) - k * k;
      double form =
          ((1 + s) * (toFirst * toFirst + toSecond * toSecond) - 2 * k * toFirst * toSecond)
              / determinant;
      Prediction prediction = fit.predict(new double[] {x});
      assertThat(prediction.mean()).isCloseTo(mean, within(ROUNDING));
      assertThat(fit.mean(new double[] {x})).isEqualTo(prediction.mean());
      assertThat(prediction.deviation()).isCloseTo(4 * Math.sqrt(1 - form), within(ROUNDING));
    }
  }

  /**
   * Inputs at least one length apart keep the condition of the covariance below 10⁴, so means are
   * met to about 1e-11 and deviations to the root of such a variance.
   */
  @Property(tries = 50, seed = "65")
  void withoutNoiseAProcessMeetsItsPointsAndIsSureOfThem(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n) {
    List<double[]> inputs =
        IntStream.range(0, n).mapToObj(i -> new double[] {1.5 * i, 0.5 * i}).toList();
    double[] y = LinearPredictorsTest.targets(seed, n);
    UncertainFit<double[]> fit = new GaussianProcess<>(new RbfKernel(1), 0).fit(inputs, y);
    for (int i = 0; i < n; i++) {
      Prediction prediction = fit.predict(inputs.get(i));
      assertThat(prediction.mean()).isCloseTo(y[i], within(1e-10));
      assertThat(prediction.deviation()).isCloseTo(0, within(1e-6));
    }
    // Far away only the prior is left: the mean and the deviation of the targets.
    double mean = IntStream.range(0, n).mapToDouble(i -> y[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, n).mapToDouble(i -> (y[i] - mean) * (y[i] - mean) / n).sum();
    Prediction far = fit.predict(new double[] {1e3, 1e3});
    assertThat(far.mean()).isCloseTo(mean, within(ROUNDING));
    assertThat(far.deviation()).isCloseTo(n == 1 ? 1 : Math.sqrt(variance), within(ROUNDING));
  }

  @Test
  void subtreesOfPathsWorkedOutByHand() {
    LabelledGraph a = path("a");
    LabelledGraph b = path("b");
    Kernel<WeisfeilerLehman.Labels> kernel = WeisfeilerLehman.kernel();
    // Without rounds, two of three labels are shared; after one, in, out and in[] of six.
    for (int rounds = 0; rounds < 2; rounds++) {
      WeisfeilerLehman subtrees = new WeisfeilerLehman(rounds);
      double expected = rounds == 0 ? 2 / 3.0 : 0.5;
      assertThat(kernel.covariance(subtrees.of(a), subtrees.of(b)))
          .isCloseTo(expected, within(ROUNDING));
      assertThat(kernel.covariance(subtrees.of(a), subtrees.of(a))).isCloseTo(1, within(ROUNDING));
    }
    assertThat(new WeisfeilerLehman(1).of(a).counts())
        .containsOnlyKeys("in", "a", "out", "in[]", "a[in]", "out[a]");
  }

  private static LabelledGraph path(String middle) {
    return new LabelledGraph(
        List.of("in", middle, "out"), List.of(List.of(), List.of(0), List.of(1)));
  }

  /** Rounds tell 1×1 before 3×3 from 3×3 before 1×1, which their labels alone do not. */
  @Test
  void roundsTellOrdersApart() {
    Nb201Space space = Nb201Space.standard();
    var first =
        LabelledGraph.of(
            space.parse("|nor_conv_1x1~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|"));
    var second =
        LabelledGraph.of(
            space.parse("|nor_conv_3x3~0|+|none~0|none~1|+|none~0|nor_conv_1x1~1|none~2|"));
    Kernel<WeisfeilerLehman.Labels> kernel = WeisfeilerLehman.kernel();
    WeisfeilerLehman labels = new WeisfeilerLehman(0);
    WeisfeilerLehman subtrees = new WeisfeilerLehman(2);
    assertThat(kernel.covariance(labels.of(first), labels.of(second))).isCloseTo(1, within(1e-12));
    assertThat(kernel.covariance(subtrees.of(first), subtrees.of(second))).isLessThan(0.7);
  }

  /** Positive semi-definite: with a little on the diagonal, every such matrix has its factor. */
  @Property(tries = 20, seed = "66")
  void covariancesOfCellsArePositiveSemiDefinite(@ForAll long seed) {
    Nb201Space space = Nb201Space.standard();
    WeisfeilerLehman subtrees = new WeisfeilerLehman(2);
    List<WeisfeilerLehman.Labels> labels =
        IntStream.range(0, 30)
            .mapToObj(i -> space.sample(Philox.of(seed, "cells").trial(i)))
            .map(cell -> subtrees.of(LabelledGraph.of(cell)))
            .toList();
    double[][] covariance = new double[30][30];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 30; j++) {
        covariance[i][j] = WeisfeilerLehman.kernel().covariance(labels.get(i), labels.get(j));
      }
      covariance[i][i] += 1e-9;
    }
    assertThat(new Cholesky(covariance).logDeterminant()).isNegative();
  }

  /** At 1 the distances are 1, 1 and 2 with weights 1, 1 and ½. */
  @Test
  void neighboursWeighByTheInverseOfTheirDistance() {
    List<double[]> inputs =
        List.of(new double[] {0}, new double[] {2}, new double[] {3}, new double[] {9});
    Fit<double[]> fit = new NearestNeighbours(3).fit(inputs, new double[] {1, 3, 8, 100});
    assertThat(fit.mean(new double[] {1})).isCloseTo((1 + 3 + 4) / 2.5, within(ROUNDING));
    assertThat(fit.mean(new double[] {2})).isEqualTo(3);
    Fit<double[]> all = new NearestNeighbours(10).fit(inputs, new double[] {1, 1, 1, 1});
    assertThat(all.mean(new double[] {5})).isCloseTo(1, within(ROUNDING));
    // Of two as near, the first given is nearer.
    Fit<double[]> nearest = new NearestNeighbours(1).fit(inputs, new double[] {1, 3, 8, 100});
    assertThat(nearest.mean(new double[] {1})).isEqualTo(1);
    Fit<double[]> met =
        new NearestNeighbours(3)
            .fit(
                List.of(new double[] {4}, new double[] {4}, new double[] {5}),
                new double[] {1, 2, 9});
    assertThat(met.mean(new double[] {4})).isEqualTo(1.5);
  }
}
