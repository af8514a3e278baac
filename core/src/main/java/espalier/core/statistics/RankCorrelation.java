package espalier.core.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How alike two orders are, from −1 (reversed) through 0 to 1 (equal); not a number where one side
 * has no order because all its values are equal.
 *
 * @param value of the coefficient
 * @param count of the pairs it was computed from
 * @param coefficient which one it is
 */
public record RankCorrelation(double value, int count, Coefficient coefficient) {

  /**
   * The coefficients, with the variance of their Fisher transform artanh(r) as Fieller, Hartley and
   * Pearson found it [Tests for rank correlation coefficients, Biometrika 1957].
   */
  public enum Coefficient {
    /** Kendall's τ-b. */
    KENDALL(0.437, 4),
    /** Spearman's ρ: the correlation of the ranks. */
    SPEARMAN(1.060, 3);

    private final double variance;
    private final int less;

    Coefficient(double variance, int less) {
      this.variance = variance;
      this.less = less;
    }
  }

  /**
   * Kendall's τ-b, (concordant − discordant pairs) / √(pairs untied in x · pairs untied in y), in
   * O(n log n).
   */
  public static RankCorrelation kendall(double[] x, double[] y) {
    Samples.requirePaired("Kendall's tau", x, y, 2);
    /*
     * Sorted by x and then by y, the discordant pairs are the exchanges that a merge sort by y
     * makes [Knight: A computer method for calculating Kendall's tau with ungrouped data, JASA 1966].
     */
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> x[i] + 0.0)
                    .thenComparingDouble(i -> y[i] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    long pairs = pairs(x.length);
    long tiedInX = 0;
    long tiedInBoth = 0;
    int end;
    for (int start = 0; start < order.length; start = end) {
      end = Ranks.endOfTie(x, order, start);
      tiedInX += pairs(end - start);
      tiedInBoth += tiedPairs(y, order, start, end);
    }
    long exchanges = sort(y, order, new int[order.length], 0, order.length);
    long tiedInY = tiedPairs(y, order, 0, order.length);
    double untied = (double) (pairs - tiedInX) * (pairs - tiedInY);
    long surplus = pairs - tiedInX - tiedInY + tiedInBoth - 2 * exchanges;
    return new RankCorrelation(surplus / Math.sqrt(untied), x.length, Coefficient.KENDALL);
  }

  private static long pairs(long n) {
    return n * (n - 1) / 2;
  }

  /** Pairs of equal values among consecutive places of an ascending order. */
  private static long tiedPairs(double[] values, int[] order, int from, int to) {
    long tied = 0;
    int run = 1;
    for (int i = from + 1; i < to; i++) {
      run = values[order[i]] == values[order[i - 1]] ? run + 1 : 1;
      tied += run - 1;
    }
    return tied;
  }

  /** Merge sort of the places {@code from … to-1}: how many pairs stood in descending order. */
  private static long sort(double[] values, int[] order, int[] merged, int from, int to) {
    if (to - from < 2) {
      return 0;
    }
    int middle = (from + to) >>> 1;
    long exchanges =
        sort(values, order, merged, from, middle) + sort(values, order, merged, middle, to);
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          right == to || (left < middle && values[order[left]] <= values[order[right]]);
      if (!takeLeft) {
        exchanges += middle - left;
      }
      merged[i] = order[takeLeft ? left++ : right++];
    }
    System.arraycopy(merged, from, order, from, to - from);
    return exchanges;
  }

  /** Spearman's ρ; ties share the mean of their ranks. */
  public static RankCorrelation spearman(double[] x, double[] y) {
    Samples.requirePaired("Spearman's rho", x, y, 2);
    double[] p = Ranks.of(x);
    double[] q = Ranks.of(y);
    double middle = (x.length + 1) / 2.0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < p.length; i++) {
      xx += (p[i] - middle) * (p[i] - middle);
      yy += (q[i] - middle) * (q[i] - middle);
      xy += (p[i] - middle) * (q[i] - middle);
    }
    return new RankCorrelation(xy / Math.sqrt(xx * yy), x.length, Coefficient.SPEARMAN);
  }

  /**
   * Where the coefficient of the population lies with this confidence, by Fisher's transform: an
   * approximation for untied samples of ten or more and coefficients up to about 0.8 either way.
   */
  public Interval interval(double confidence) {
    Samples.requireConfidence(confidence);
    if (count <= coefficient.less) {
      throw new IllegalArgumentException(
          "interval of a rank correlation: %d pairs, expected more than %d"
              .formatted(count, coefficient.less));
    }
    double half =
        NormalDistribution.quantile((1 + confidence) / 2)
            * Math.sqrt(coefficient.variance / (count - coefficient.less));
    double z = (StrictMath.log1p(value) - StrictMath.log1p(-value)) / 2;
    return new Interval(StrictMath.tanh(z - half), StrictMath.tanh(z + half));
  }
}
