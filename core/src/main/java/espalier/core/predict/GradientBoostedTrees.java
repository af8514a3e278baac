package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sum of shallow trees, each grown on what those before it leave unexplained [Friedman: Greedy
 * function approximation, 2001], of squared error.
 *
 * @param trees how many
 * @param depth questions from root to leaf
 * @param rate what share of each tree's answer is added, up to 1
 * @param seed of the order in which features are tried
 */
public record GradientBoostedTrees(int trees, int depth, double rate, long seed)
    implements Predictor<double[]> {
  public GradientBoostedTrees {
    if (trees < 1 || depth < 1 || !(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "boosted trees: %d trees of depth %d at rate %s, expected 1 or more and a rate up to 1"
              .formatted(trees, depth, rate));
    }
  }

  /** The customary setting: 100 trees of depth 3 at rate 0.1. */
  public static GradientBoostedTrees standard(long seed) {
    return new GradientBoostedTrees(100, 3, 0.1, seed);
  }

  @Override
  public Fit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    SortedColumns columns = SortedColumns.of(rows);
    Standardised standard = Standardised.of(targets);
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    double[] left = standard.values().clone();
    Philox questions = Philox.of(seed, "boosting questions");
    List<RegressionTree> grown = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      RegressionTree tree = RegressionTree.grow(columns, left, weights, depth, questions.trial(i));
      for (int row = 0; row < left.length; row++) {
        left[row] -= rate * tree.mean(rows[row]);
      }
      grown.add(tree);
    }
    return input -> {
      Examples.requireLength(input, rows[0].length);
      double sum = 0;
      for (RegressionTree tree : grown) {
        sum += rate * tree.mean(input);
      }
      return standard.restore(sum);
    };
  }
}
