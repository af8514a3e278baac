package espalier.core.strategy;

import espalier.core.random.Philox;
import java.util.List;

/**
 * A density over rows of choices: the mean of a kernel around each row it was made of, which keeps
 * each choice with probability 1 - h and spreads h evenly over the other options [Aitchison and
 * Aitken 1976]. The bandwidth h of a decision follows the normal reference rule, 1.06 σ n^(-1/(4 +
 * d)), at least {@code least}, at most where the kernel is even. Around a row in which a decision
 * does not come up, all its options are alike; where it does not come up, it has no density.
 */
final class CategoricalKernels {
  private final List<Row> rows;
  private final List<Integer> options;
  private final double[] bandwidths;

  CategoricalKernels(List<Row> rows, List<Integer> options, double least) {
    this.rows = List.copyOf(rows);
    this.options = options;
    this.bandwidths = new double[options.size()];
    for (int i = 0; i < bandwidths.length; i++) {
      int decision = i;
      int[] taken =
          rows.stream()
              .filter(row -> row.active()[decision])
              .mapToInt(row -> row.choices()[decision])
              .toArray();
      double shrink = StrictMath.pow(Math.max(1, taken.length), -1.0 / (4 + options.size()));
      double even = (options.get(decision) - 1.0) / options.get(decision);
      double reference = 1.06 * deviation(taken) * shrink;
      bandwidths[decision] = Math.min(Math.max(reference, least), even);
    }
  }

  private static double deviation(int[] taken) {
    double mean = 0;
    for (int choice : taken) {
      mean += (double) choice / taken.length;
    }
    double variance = 0;
    for (int choice : taken) {
      variance += (choice - mean) * (choice - mean) / taken.length;
    }
    return Math.sqrt(variance);
  }

  double density(Row at) {
    double sum = 0;
    for (Row row : rows) {
      double kernel = 1;
      for (int decision = 0; decision < bandwidths.length; decision++) {
        if (at.active()[decision]) {
          kernel *=
              row.active()[decision] ? kernel(row, at, decision) : 1.0 / options.get(decision);
        }
      }
      sum += kernel;
    }
    return sum / rows.size();
  }

  private double kernel(Row row, Row at, int decision) {
    double h = bandwidths[decision];
    boolean isKept = row.choices()[decision] == at.choices()[decision];
    return isKept ? 1 - h : h / (options.get(decision) - 1);
  }

  /** A row of choices near one of the rows: each kept with probability 1 - h, or else drawn. */
  int[] near(Philox draws) {
    Row row = rows.get(draws.below(0, rows.size()));
    int[] choices = row.choices().clone();
    for (int decision = 0; decision < choices.length; decision++) {
      boolean isMoved = draws.uniformDouble(1 + 2L * decision) < bandwidths[decision];
      if (isMoved || !row.active()[decision]) {
        choices[decision] = draws.below(2 + 2L * decision, options.get(decision));
      }
    }
    return choices;
  }
}
