package espalier.core.estimate;

import espalier.core.nn.Network;
import espalier.core.train.Recipe;
import espalier.core.train.TaskData;

/**
 * What one trial trains, on what, and for how long.
 *
 * @param steps that are done
 * @param scheduled of the training whose first steps these are
 */
record TrialPlan(Network network, TaskData data, Recipe recipe, long steps, long scheduled) {

  /**
   * The plan of a trial.
   *
   * @param network of its candidate
   * @param recipe of its candidate
   * @param share of a full estimate that it is
   */
  static TrialPlan of(
      TrainingEstimator.Settings settings,
      TaskData data,
      Network network,
      Recipe recipe,
      double share) {
    int batch = recipe.batchSize();
    return switch (settings.reduction()) {
      case STEPS -> {
        long scheduled = steps(settings, data, recipe);
        long steps = Math.clamp(Math.round(share * scheduled), 1, scheduled);
        yield new TrialPlan(network, data, recipe, steps, scheduled);
      }
      case EXAMPLES -> {
        int examples = Math.clamp(Math.round(share * data.size()), batch, data.size());
        yield whole(settings, data.first(examples), network, recipe);
      }
      case RESOLUTION ->
          whole(settings, data, LowResolution.of(network, data.task().input(), share), recipe);
    };
  }

  private static TrialPlan whole(
      TrainingEstimator.Settings settings, TaskData data, Network network, Recipe recipe) {
    long steps = steps(settings, data, recipe);
    return new TrialPlan(network, data, recipe, steps, steps);
  }

  private static long steps(TrainingEstimator.Settings settings, TaskData data, Recipe recipe) {
    return (long) settings.epochs() * data.stepsPerEpoch(recipe.batchSize());
  }
}
