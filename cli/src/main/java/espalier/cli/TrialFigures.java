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
      case Outcome.Measured(Metrics metrics) -> figures(metrics);
      case Outcome.Pruned(Metrics metrics) -> figures(metrics) + ", given up";
      case Outcome.Failed(String reason) -> "failed: " + reason;
      case Outcome.Infeasible(Objective objective, double found) ->
          String.format(Locale.ROOT, "not allowed: %s %.0f", objective.metric(), found);
    };
  }

  private static String figures(Metrics metrics) {
    String leading = metrics.names().getFirst();
    return String.format(
        Locale.ROOT,
        "%s %.4f, %.0f parameters",
        leading.replaceFirst("^valid", "").toLowerCase(Locale.ROOT),
        metrics.find(leading).orElse(Double.NaN),
        metrics.find(TrainingEstimator.PARAMETERS).orElse(Double.NaN));
  }
}
