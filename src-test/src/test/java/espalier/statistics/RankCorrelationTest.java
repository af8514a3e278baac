package espalier.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.random.Philox;
import espalier.core.statistics.Interval;
import espalier.core.statistics.RankCorrelation;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Coefficients of rank correlation. */
final class RankCorrelationTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void kendallCountsPairsWorkedOutByHand() {
    // Ten pairs, of which (3, 1), (3, 2), (4, 1) and (4, 2) are discordant.
    assertThat(kendall(new double[] {1, 2, 3, 4, 5}, new double[] {3, 4, 1, 2, 5})).isEqualTo(0.2);
    // Six pairs: one tied on each side, four concordant: 4 / √(5 · 5).
    assertThat(kendall(new double[] {1, 1, 2, 3}, new double[] {1, 2, 2, 3})).isEqualTo(0.8);
    // Pairs tied on both sides are tied once on each.
    assertThat(kendall(new double[] {1, 1, 2}, new double[] {5, 5, 3})).isEqualTo(-1);
    // The two zeros are equal.
    assertThat(kendall(new double[] {0.0, -0.0, 1}, new double[] {1, 2, 3}))
        .isCloseTo(2 / Math.sqrt(6), within(ROUNDING));
  }

  @Test
  void spearmanIsTheCorrelationOfRanksWorkedOutByHand() {
    // 1 − 6 Σd² / (n(n² − 1)) with d = 2, 2, −2, −2, 0.
    assertThat(spearman(new double[] {1, 2, 3, 4, 5}, new double[] {3, 4, 1, 2, 5}))
        .isCloseTo(1 - 6.0 * 16 / 120, within(ROUNDING));
    // Ranks 1.5, 1.5, 3, 4 and 1, 2.5, 2.5, 4: 3.75 / 4.5.
    assertThat(spearman(new double[] {1, 1, 2, 3}, new double[] {1, 2, 2, 3}))
        .isCloseTo(3.75 / 4.5, within(ROUNDING));
  }

  @Test
  void withoutAnOrderThereIsNoCoefficient() {
    double[] equal = {2, 2, 2};
    double[] other = {1, 2, 3};
    assertThat(kendall(equal, other)).isNaN();
    assertThat(spearman(other, equal)).isNaN();
  }

  @Property(tries = 200, seed = "11")
  void kendallIsThatOfAllPairs(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n, @ForAll boolean coarse) {
    double[] x = values(seed, "x", n, coarse);
    double[] y = values(seed, "y", n, coarse);
    long surplus = 0;
    long untiedInX = 0;
    long untiedInY = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        surplus += (long) (Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]));
        untiedInX += x[i] == x[j] ? 0 : 1;
        untiedInY += y[i] == y[j] ? 0 : 1;
      }
    }
    double expected = surplus / Math.sqrt((double) untiedInX * untiedInY);
    assertThat(Double.valueOf(kendall(x, y))).isEqualTo(Double.valueOf(expected));
  }

  @Property(tries = 200, seed = "12")
  void reversingOneSideNegatesAndRisingMapsChangeNothing(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 60) int n, @ForAll boolean coarse) {
    double[] x = values(seed, "x", n, coarse);
    double[] y = values(seed, "y", n, coarse);
    double[] reversed = Arrays.stream(y).map(v -> -v).toArray();
    double[] mapped = Arrays.stream(y).map(v -> Math.exp(3 * v)).toArray();
    if (Double.isNaN(kendall(x, y))) {
      // All values of one side were drawn equal.
      assertThat(kendall(x, reversed)).isNaN();
      return;
    }
    assertThat(kendall(x, y)).isBetween(-1.0, 1.0);
    assertThat(kendall(y, mapped)).isEqualTo(1);
    assertThat(kendall(x, reversed)).isEqualTo(-kendall(x, y));
    assertThat(kendall(x, mapped)).isEqualTo(kendall(x, y));
    assertThat(kendall(y, x)).isEqualTo(kendall(x, y));
    assertThat(spearman(x, mapped)).isEqualTo(spearman(x, y));
    assertThat(spearman(x, reversed)).isCloseTo(-spearman(x, y), within(ROUNDING));
  }

  /** Random numbers, of five values if coarse. */
  private static double[] values(long seed, String name, int n, boolean coarse) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      double drawn = Philox.of(seed, name).uniformDouble(i);
      values[i] = coarse ? Math.floor(5 * drawn) / 5 : drawn;
    }
    return values;
  }

  /**
   * Pairs of normal numbers with correlation r have τ = 2/π · arcsin r [Greiner] and, at this size,
   * ρ within 0.01 of 6/π · arcsin r/2. Of 2,000 intervals, 1,900 should hold it, with a deviation
   * of 10; the transform is approximate, which is given 20 more beside three deviations.
   */
  @Test
  void ninetyFiveOfHundredIntervalsHoldTheCoefficientOfThePopulation() {
    for (double r : new double[] {0, 0.5, 0.8}) {
      int kendall = 0;
      int spearman = 0;
      for (int sample = 0; sample < 2_000; sample++) {
        Philox random = Philox.of(sample, "coverage");
        double[] x = new double[50];
        double[] y = new double[50];
        for (int i = 0; i < x.length; i++) {
          x[i] = random.normal(2L * i);
          y[i] = r * x[i] + Math.sqrt(1 - r * r) * random.normal(2L * i + 1);
        }
        Interval tau = RankCorrelation.kendall(x, y).interval(0.95);
        Interval rho = RankCorrelation.spearman(x, y).interval(0.95);
        kendall += tau.contains(2 / Math.PI * Math.asin(r)) ? 1 : 0;
        spearman += rho.contains(6 / Math.PI * Math.asin(r / 2)) ? 1 : 0;
      }
      assertThat(kendall).as("tau at r = " + r).isBetween(1_850, 1_950);
      assertThat(spearman).as("rho at r = " + r).isBetween(1_850, 1_950);
    }
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    double[] two = {1, 2};
    double[] three = {1, 2, 3};
    assertThatThrownBy(() -> RankCorrelation.kendall(two, three))
        .hasMessage("Kendall's tau: 2 values and 3, expected as many of both");
    assertThatThrownBy(() -> RankCorrelation.spearman(new double[] {1, Double.NaN}, two))
        .hasMessage("Spearman's rho: value 1 is not a number");
    assertThatThrownBy(() -> RankCorrelation.kendall(three, three).interval(0.95))
        .hasMessage("interval of a rank correlation: 3 pairs, expected more than 4");
    assertThatThrownBy(() -> RankCorrelation.kendall(three, three).interval(95))
        .hasMessage("confidence 95.0, expected a number between 0 and 1");
  }

  private static double kendall(double[] x, double[] y) {
    return RankCorrelation.kendall(x, y).value();
  }

  private static double spearman(double[] x, double[] y) {
    return RankCorrelation.spearman(x, y).value();
  }
}
