package espalier.cli;

import espalier.core.estimate.TrainingEstimator;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import java.util.Locale;

/** What became of a candidate, in a few words. */
final class TrialFigures {
  private TrialFigures() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Measured(Metrics metrics) -> accuracy(metrics);
      case Outcome.Pruned(Metrics metrics) -> accuracy(metrics) + ", given up";
      case Outcome.Failed(String reason) -> "failed: " + reason;
      case Outcome.Infeasible(Objective objective, double found) ->
          String.format(Locale.ROOT, "not allowed: %s %.0f", objective.metric(), found);
    };
  }

  private static String accuracy(Metrics metrics) {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f, %.0f parameters",
        metrics.find(TrainingEstimator.ACCURACY).orElse(Double.NaN),
        metrics.find(TrainingEstimator.PARAMETERS).orElse(Double.NaN));
  }
}
