package espalier.core.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders and ranks of values; equal values share the mean of their ranks. */
final class Ranks {
  private Ranks() {}

  /** The positions of the values in ascending order; equal values keep their order. */
  static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i] + 0.0))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Ranks from 1, each the mean over its ties. */
  static double[] of(double[] values) {
    int[] order = order(values);
    double[] ranks = new double[values.length];
    int end;
    for (int start = 0; start < order.length; start = end) {
      end = endOfTie(values, order, start);
      for (int i = start; i < end; i++) {
        ranks[order[i]] = (start + 1 + end) / 2.0;
      }
    }
    return ranks;
  }

  /** The position in {@code order} after the last value equal to the one at {@code start}. */
  static int endOfTie(double[] values, int[] order, int start) {
    int end = start + 1;
    while (end < order.length && values[order[end]] == values[order[start]]) {
      end++;
    }
    return end;
  }
}
