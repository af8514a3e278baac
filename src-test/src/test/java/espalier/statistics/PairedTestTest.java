package espalier.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.random.Philox;
import espalier.core.statistics.Holm;
import espalier.core.statistics.Interval;
import espalier.core.statistics.PairedTest;
import espalier.core.statistics.Summary;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Means with intervals, paired tests, and their correction. */
final class PairedTestTest {

  @Test
  void aSampleHasTheMeanAndTheIntervalWorkedOutByHand() {
    Summary summary = Summary.of(1, 2, 3, 4, 5);
    assertThat(summary).isEqualTo(new Summary(5, 3, Math.sqrt(2.5)));
    // 2.776 is Student's quantile at 97.5 % and four degrees of freedom.
    Interval interval = summary.meanInterval(0.95);
    assertThat(interval.high()).isCloseTo(3 + 2.776445 * Math.sqrt(0.5), within(1e-6));
    assertThat(interval.low() + interval.high()).isCloseTo(6, within(1e-12));
    assertThat(Summary.of(7)).isEqualTo(new Summary(1, 7, 0));
    assertThatThrownBy(() -> Summary.of(7).meanInterval(0.95))
        .hasMessage("interval of a mean: 1 value, expected 2 or more");
  }

  @Test
  void studentsTestIsTheOneWorkedOutByHand() {
    // Differences 1, 2, 3: t = 2√3 at two degrees of freedom.
    double p = 2 * (0.5 - Math.sqrt(12) / (2 * Math.sqrt(14)));
    assertThat(PairedTest.student(new double[] {2, 4, 6}, new double[] {1, 2, 3}))
        .isCloseTo(p, within(1e-14));
    double[] x = {1, 2, 3};
    assertThat(PairedTest.student(x, x)).isEqualTo(1);
    assertThat(PairedTest.student(new double[] {2, 3, 4}, x)).isZero();
  }

  @Test
  void fiveGainsOfFiveHaveOneChanceInSixteen() {
    assertThat(PairedTest.wilcoxon(new double[] {2, 4, 6, 8, 10}, new double[] {1, 2, 3, 4, 5}))
        .isEqualTo(0.0625);
    double[] x = {1, 2, 3};
    assertThat(PairedTest.wilcoxon(x, x)).isEqualTo(1);
  }

  @Property(tries = 100, seed = "31")
  void wilcoxonCountsAllSigns(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
    double[] x = new double[n];
    double[] zeros = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Philox.of(seed, "wilcoxon").below(i, 9) - 3;
    }
    double[] sizes = IntStream.range(0, n).mapToDouble(i -> Math.abs(x[i])).toArray();
    int[] used = IntStream.range(0, n).filter(i -> x[i] != 0).toArray();
    double observed = imbalance(x, sizes, used);
    int asClear = 0;
    for (int signs = 0; signs < 1 << used.length; signs++) {
      double[] flipped = new double[n];
      for (int k = 0; k < used.length; k++) {
        flipped[used[k]] = (signs >> k & 1) == 1 ? sizes[used[k]] : -sizes[used[k]];
      }
      asClear += imbalance(flipped, sizes, used) >= observed ? 1 : 0;
    }
    double expected = asClear / (double) (1 << used.length);
    assertThat(PairedTest.wilcoxon(x, zeros)).isCloseTo(expected, within(1e-12));
    assertThat(PairedTest.wilcoxon(zeros, x)).isCloseTo(expected, within(1e-12));
  }

  /** How far twice the ranks, counted with their signs, sum away from 0. */
  private static double imbalance(double[] x, double[] sizes, int[] used) {
    double sum = 0;
    for (int i : used) {
      sum += Math.signum(x[i]) * doubledRank(i, sizes, used);
    }
    return Math.abs(sum);
  }

  private static double doubledRank(int i, double[] sizes, int[] used) {
    double rank = 1;
    for (int j : used) {
      rank += sizes[j] < sizes[i] ? 2 : sizes[j] == sizes[i] ? 1 : 0;
    }
    return rank;
  }

  /** Beyond what is counted, the probability is that of random signs, within four deviations. */
  @Test
  void largeSamplesAreNearlyNormal() {
    int n = 300;
    double[] x = new double[n];
    double[] zeros = new double[n];
    int[] used = IntStream.range(0, n).toArray();
    for (int i = 0; i < n; i++) {
      x[i] = Philox.of(1, "large").normal(i) + 0.08;
    }
    double[] sizes = IntStream.range(0, n).mapToDouble(i -> Math.abs(x[i])).toArray();
    double observed = imbalance(x, sizes, used);
    double[] ranks = IntStream.range(0, n).mapToDouble(i -> doubledRank(i, sizes, used)).toArray();
    int draws = 20_000;
    int asClear = 0;
    for (int draw = 0; draw < draws; draw++) {
      Philox random = Philox.of(2, "signs").trial(draw);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (random.bits(i) & 1) == 0 ? ranks[i] : -ranks[i];
      }
      asClear += Math.abs(sum) >= observed ? 1 : 0;
    }
    double expected = asClear / (double) draws;
    assertThat(expected).isBetween(0.01, 0.9);
    double deviation = Math.sqrt(expected * (1 - expected) / draws);
    assertThat(PairedTest.wilcoxon(x, zeros)).isCloseTo(expected, within(4 * deviation));
  }

  @Test
  void holmMultipliesByWhatIsLeftAndNeverFalls() {
    assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-15));
    assertThat(Holm.adjust(0.9, 0.8)).containsExactly(1, 1);
    assertThat(Holm.adjust()).isEmpty();
  }
}
