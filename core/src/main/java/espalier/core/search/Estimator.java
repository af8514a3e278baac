package espalier.core.search;

import java.util.Optional;

/**
 * Says how good a candidate is. Estimates of different trials may run at the same time on several
 * threads; each is a pure function of its trial.
 *
 * @param <A> an architecture
 */
@FunctionalInterface
public interface Estimator<A> {

  /** The least and the greatest value of a metric over a whole space. */
  record Range(double least, double greatest) {}

  /** Trains, predicts or looks up. */
  Outcome estimate(Trial<A> trial);

  /** What is known of a candidate without training it, such as its parameters. */
  default Metrics known(A candidate) {
    return Metrics.none();
  }

  /** What values a metric can have, if that is known; a limit outside is met by no candidate. */
  default Optional<Range> range(String metric) {
    return Optional.empty();
  }

  /** What a trial will cost, in units of the estimator's own: 1 or more. */
  default long cost(Trial<A> trial) {
    return 1;
  }

  /** Whether the same trial will always end the same, so that its outcome may be kept. */
  default boolean isStationary() {
    return true;
  }
}
