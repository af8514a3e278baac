package espalier.core.strategy;

import espalier.core.random.Philox;
import java.util.List;

/**
 * A density over rows of choices: the mean of a kernel around each row it was made of, which keeps
 * each choice with probability 1 - h and spreads h evenly over the other options [Aitchison and
 * Aitken 1976]. The bandwidth h of a decision follows the normal reference rule, 1.06 σ n^(-1/(4 +
 * d)), at least {@code least}, at most where the kernel is even.
 */
final class CategoricalKernels {
  private final List<int[]> rows;
  private final List<Integer> options;
  private final double[] bandwidths;

  CategoricalKernels(List<int[]> rows, List<Integer> options, double least) {
    this.rows = List.copyOf(rows);
    this.options = options;
    this.bandwidths = new double[options.size()];
    double shrink = StrictMath.pow(rows.size(), -1.0 / (4 + options.size()));
    for (int decision = 0; decision < bandwidths.length; decision++) {
      double even = (options.get(decision) - 1.0) / options.get(decision);
      double reference = 1.06 * deviation(decision) * shrink;
      bandwidths[decision] = Math.min(Math.max(reference, least), even);
    }
  }

  private double deviation(int decision) {
    double mean = 0;
    for (int[] row : rows) {
      mean += (double) row[decision] / rows.size();
    }
    double variance = 0;
    for (int[] row : rows) {
      variance += (row[decision] - mean) * (row[decision] - mean) / rows.size();
    }
    return Math.sqrt(variance);
  }

  double density(int[] choices) {
    double sum = 0;
    for (int[] row : rows) {
      double kernel = 1;
      for (int decision = 0; decision < bandwidths.length; decision++) {
        double h = bandwidths[decision];
        kernel *= row[decision] == choices[decision] ? 1 - h : h / (options.get(decision) - 1);
      }
      sum += kernel;
    }
    return sum / rows.size();
  }

  /** A row of choices near one of the rows: each kept with probability 1 - h, or else drawn. */
  int[] near(Philox draws) {
    int[] choices = rows.get(draws.below(0, rows.size())).clone();
    for (int decision = 0; decision < choices.length; decision++) {
      if (draws.uniformDouble(1 + 2L * decision) < bandwidths[decision]) {
        choices[decision] = draws.below(2 + 2L * decision, options.get(decision));
      }
    }
    return choices;
  }
}
