package espalier.core.study;

import espalier.core.estimate.TrainingEstimator;
import espalier.core.search.Objectives;
import espalier.core.supernet.DifferentiableSearch;

/** How an architecture is found. */
public sealed interface SearchMethod {

  /** The name users type. */
  String name();

  /**
   * DARTS of first order for 10 epochs, as published but for the learning rate of the architecture:
   * at the published 3e-4 so few steps hardly move it, so it is 1e-2.
   */
  static SearchMethod darts() {
    return new Darts(
        DifferentiableSearch.Settings.darts().withArchitectureRate(1e-2), new Budget.Epochs(10));
  }

  /** Differentiable search in a supernet, for as long as {@code budget}. */
  record Darts(DifferentiableSearch.Settings settings, Budget budget) implements SearchMethod {
    @Override
    public String name() {
      return "darts";
    }
  }

  /**
   * A strategy that is told how well its candidates train.
   *
   * @param strategy the name of one of {@link espalier.core.strategy.Strategies}
   * @param estimator how candidates are trained
   * @param objectives what is wanted of them, the first above all; limits exclude
   * @param budget for all trainings together; as many trials as fit, one at least
   */
  record BlackBox(
      String strategy, TrainingEstimator.Settings estimator, Objectives objectives, Budget budget)
      implements SearchMethod {
    @Override
    public String name() {
      return strategy;
    }
  }

  /** One architecture drawn uniformly and not compared: what every search has to beat. */
  record Draw() implements SearchMethod {
    @Override
    public String name() {
      return "draw";
    }
  }
}
