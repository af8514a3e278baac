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
   * @param objectives what is wanted of them; limits exclude
   * @param goals how many of the objectives the strategy follows, from the first on; the others
   *     only limit. The best in the first one is the answer.
   * @param budget for all trainings together; as many trials as fit, one at least
   */
  record BlackBox(
      String strategy,
      TrainingEstimator.Settings estimator,
      Objectives objectives,
      int goals,
      Budget budget)
      implements SearchMethod {
    public BlackBox {
      if (goals < 1 || goals > objectives.all().size()) {
        throw new IllegalArgumentException(
            "search: %d goals among %d objectives, expected 1 or more and no more than these"
                .formatted(goals, objectives.all().size()));
      }
    }

    /** A search for the first objective. */
    public BlackBox(
        String strategy,
        TrainingEstimator.Settings estimator,
        Objectives objectives,
        Budget budget) {
      this(strategy, estimator, objectives, 1, budget);
    }

    /** The objectives that the strategy follows. */
    public Objectives sought() {
      return new Objectives(objectives.all().subList(0, goals));
    }

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
