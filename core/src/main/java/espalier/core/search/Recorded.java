package espalier.core.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An estimator that remembers the outcomes of a search that was stopped. With it and a fresh
 * strategy a study goes the same way again without estimating anything twice, and on to the end it
 * would have had.
 *
 * @param outcomes by number of trial
 */
public record Recorded<A>(Estimator<A> estimator, Map<Long, Outcome> outcomes)
    implements Estimator<A> {

  public Recorded {
    outcomes = Map.copyOf(outcomes);
  }

  /** Remembers the trials that were estimated. */
  public static <A> Recorded<A> of(Estimator<A> estimator, List<History.Entry<A>> entries) {
    return new Recorded<>(
        estimator,
        entries.stream()
            .filter(History.Entry::isCharged)
            .collect(Collectors.toMap(entry -> entry.trial().number(), History.Entry::outcome)));
  }

  @Override
  public Outcome estimate(Trial<A> trial) {
    Outcome outcome = outcomes.get(trial.number());
    return outcome == null ? estimator.estimate(trial) : outcome;
  }

  @Override
  public Metrics known(A candidate) {
    return estimator.known(candidate);
  }

  @Override
  public Optional<Range> range(String metric) {
    return estimator.range(metric);
  }

  @Override
  public long cost(Trial<A> trial) {
    return estimator.cost(trial);
  }

  @Override
  public boolean isStationary() {
    return estimator.isStationary();
  }
}
