package espalier.core.predict;

import espalier.core.random.Philox;
import espalier.core.statistics.RankCorrelation;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a predictor ranks examples that it has not seen: each is predicted from those of the
 * other folds.
 *
 * @param folds 2 or more; as many as examples leave out one at a time
 * @param seed of the random division into folds, which differ in size by 1 at most
 */
public record CrossValidation(int folds, long seed) {
  public CrossValidation {
    if (folds < 2) {
      throw new IllegalArgumentException(
          "cross-validation: %d folds, expected 2 or more".formatted(folds));
    }
  }

  /** For each example what the predictor says without it. */
  public <X> double[] predictions(Predictor<X> predictor, List<X> inputs, double[] targets) {
    Examples.require(inputs, targets);
    if (inputs.size() < folds) {
      throw new IllegalArgumentException(
          "cross-validation: %d examples for %d folds, expected one for each at least"
              .formatted(inputs.size(), folds));
    }
    int[] order = Philox.of(seed, "folds").permutation(targets.length);
    double[] predictions = new double[targets.length];
    for (int fold = 0; fold < folds; fold++) {
      List<X> known = new ArrayList<>();
      List<Integer> asked = new ArrayList<>();
      List<Integer> learnt = new ArrayList<>();
      for (int i = 0; i < order.length; i++) {
        (i % folds == fold ? asked : learnt).add(order[i]);
      }
      learnt.forEach(example -> known.add(inputs.get(example)));
      Fit<X> fit =
          predictor.fit(known, learnt.stream().mapToDouble(example -> targets[example]).toArray());
      asked.forEach(example -> predictions[example] = fit.mean(inputs.get(example)));
    }
    return predictions;
  }

  /** Kendall's τ between those predictions and the targets. */
  public <X> RankCorrelation rank(Predictor<X> predictor, List<X> inputs, double[] targets) {
    return RankCorrelation.kendall(predictions(predictor, inputs, targets), targets);
  }
}
