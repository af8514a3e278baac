package espalier.core.statistics;

import java.util.Arrays;

/**
 * Tests whether two paired samples differ; each answers the two-sided probability of a difference
 * at least as clear where there is none.
 */
public final class PairedTest {
  /** Up to here the distribution of the signed ranks is counted, beyond it is nearly normal. */
  private static final int COUNTED = 200;

  private PairedTest() {}

  /** Student's test of the mean difference; 1 where all differences are 0. */
  public static double student(double[] x, double[] y) {
    Samples.requirePaired("paired t test", x, y, 2);
    double[] differences = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      differences[i] = x[i] - y[i];
    }
    Summary summary = Summary.of(differences);
    if (summary.mean() == 0) {
      return 1;
    }
    double t = summary.mean() / summary.standardError();
    return new StudentDistribution(x.length - 1).twoSided(t);
  }

  /**
   * Wilcoxon's signed ranks: differences of 0 are left out, ties share the mean of their ranks.
   * Exact up to 200 differences, beyond by the normal distribution with the variance of the tied
   * ranks; 1 where all differences are 0.
   */
  public static double wilcoxon(double[] x, double[] y) {
    Samples.requirePaired("Wilcoxon's test", x, y, 1);
    double[] sizes = new double[x.length];
    boolean[] positive = new boolean[x.length];
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      if (x[i] != y[i]) {
        positive[n] = x[i] > y[i];
        sizes[n++] = Math.abs(x[i] - y[i]);
      }
    }
    double[] ranks = Ranks.of(Arrays.copyOf(sizes, n));
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += positive[i] ? ranks[i] : 0;
    }
    double lesser = Math.min(sum, n * (n + 1) / 2.0 - sum);
    double tail = n <= COUNTED ? counted(ranks, lesser) : approximated(ranks, lesser);
    return Math.min(1, 2 * tail);
  }

  /** The probability that the positive ranks sum to at most {@code limit}, over all signs. */
  private static double counted(double[] ranks, double limit) {
    // Twice a mean of ranks is a whole number, so sums are counted in halves.
    int most = (int) Math.round(2 * limit);
    double[] probability = new double[most + 1];
    probability[0] = 1;
    for (double rank : ranks) {
      int step = (int) Math.round(2 * rank);
      for (int sum = most; sum >= 0; sum--) {
        probability[sum] = (probability[sum] + (sum < step ? 0 : probability[sum - step])) / 2;
      }
    }
    double total = 0;
    for (double p : probability) {
      total += p;
    }
    return total;
  }

  private static double approximated(double[] ranks, double limit) {
    double mean = 0;
    double variance = 0;
    for (double rank : ranks) {
      mean += rank / 2;
      variance += rank * rank / 4;
    }
    return NormalDistribution.cumulative((limit + 0.5 - mean) / Math.sqrt(variance));
  }
}
