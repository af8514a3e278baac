package espalier.core.search;

import espalier.core.space.CandidateSpace;
import java.util.Optional;

/**
 * A search for the best candidates, by a strategy that is told outcomes only. An immutable
 * description: running it with a fresh strategy yields the same history each time.
 *
 * @param estimator says how good a candidate is
 * @param objectives what good means
 */
public record BlackBoxStudy<A>(
    CandidateSpace<A> space, Estimator<A> estimator, Objectives objectives, Settings settings) {

  /**
   * How much is tried, and in what order outcomes are told.
   *
   * @param evaluations how many trials are estimated
   * @param cost what all of them may cost together, in the estimator's units: the first that would
   *     cost more ends the search
   * @param virtualWorkers how many trials are under way at a time. It changes what a strategy knows
   *     when it is asked, so it is part of the search; published figures are of 1.
   */
  public record Settings(long evaluations, long cost, Repeats repeats, int virtualWorkers) {
    public Settings {
      if (evaluations < 1 || cost < 1 || virtualWorkers < 1) {
        throw new IllegalArgumentException(
            "study: %d evaluations, cost %d and %d virtual workers, expected 1 or more of each"
                .formatted(evaluations, cost, virtualWorkers));
      }
    }

    /** A number of evaluations, whatever they cost. */
    public Settings(long evaluations, Repeats repeats, int virtualWorkers) {
      this(evaluations, Long.MAX_VALUE, repeats, virtualWorkers);
    }

    /** Any number of evaluations that cost no more than this together. */
    public static Settings ofCost(long cost, Repeats repeats) {
      return new Settings(Long.MAX_VALUE, cost, repeats, 1);
    }

    /** As comparisons on tables are published: one trial at a time, repeats charged. */
    public static Settings charged(long evaluations) {
      return new Settings(evaluations, Repeats.CHARGED, 1);
    }

    /** As real training wants it: nothing is trained twice. */
    public static Settings cached(long evaluations) {
      return new Settings(evaluations, Repeats.CACHED, 1);
    }

    /** These settings with another number of virtual workers. */
    public Settings withVirtualWorkers(int count) {
      return new Settings(evaluations, cost, repeats, count);
    }
  }

  public BlackBoxStudy {
    if (settings.repeats() == Repeats.CACHED && !estimator.isStationary()) {
      throw new IllegalArgumentException(
          "study: repeats are cached, but the estimator's answers change with time");
    }
  }

  /** Runs on the calling thread. */
  public History<A> run(Strategy<A> strategy) {
    return run(strategy, 1, TrialListener.none());
  }

  /**
   * Runs.
   *
   * @param workers threads that estimate; they change nothing but the time it takes
   */
  public History<A> run(Strategy<A> strategy, int workers, TrialListener<A> listener) {
    try (Workers threads = new Workers(workers)) {
      return new StudyRun<>(this, strategy, threads, listener).run();
    }
  }

  /** An objective whose limit no candidate can meet, if there is one. */
  public Optional<Objective> unreachable() {
    return objectives.all().stream()
        .filter(objective -> objective.limit().isPresent())
        .filter(objective ->
            estimator
                .range(objective.metric())
                .filter(range -> !objective.admits(range.least()))
                .filter(range -> !objective.admits(range.greatest()))
                .isPresent())
        .findFirst();
  }
}
