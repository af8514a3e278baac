package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of trees, each grown to the end from as many examples as there are, drawn with
 * replacement [Breiman: Random forests, 2001]; every question may use every feature. The deviation
 * is that of the trees' answers.
 *
 * @param trees how many
 * @param seed of the draws
 */
public record RandomForest(int trees, long seed) implements UncertainPredictor<double[]> {
  public RandomForest {
    if (trees < 1) {
      throw new IllegalArgumentException(
          "random forest: %d trees, expected 1 or more".formatted(trees));
    }
  }

  @Override
  public UncertainFit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    SortedColumns columns = SortedColumns.of(rows);
    // Sums of squares are compared, and those of centred numbers lose fewer digits.
    Standardised standard = Standardised.of(targets);
    Philox draws = Philox.of(seed, "forest draws");
    Philox questions = Philox.of(seed, "forest questions");
    List<Fit<double[]>> forest = new ArrayList<>();
    for (int tree = 0; tree < trees; tree++) {
      double[] weights = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        weights[draws.trial(tree).below(i, rows.length)]++;
      }
      forest.add(
          RegressionTree.grow(
              columns, standard.values(), weights, Integer.MAX_VALUE, questions.trial(tree)));
    }
    return input -> {
      Examples.requireLength(input, rows[0].length);
      return Ensemble.predict(forest, input, standard);
    };
  }
}
