package espalier.core.study;

import java.time.Duration;
import java.util.Optional;

/**
 * The clock of a run that has to end in time, and the stopwatch of its phases. Times decide step
 * counts, which are recorded and fixed from then on; they never reach a result otherwise.
 */
final class Deadline {
  private final long start = System.nanoTime();
  private final Optional<Duration> limit;

  Deadline(Optional<Duration> limit) {
    this.limit = limit;
  }

  /** A run that may take as long as it takes. */
  static Deadline none() {
    return new Deadline(Optional.empty());
  }

  /** The deadline a budget sets for a whole run. */
  static Deadline of(Budget budget) {
    return new Deadline(
        budget instanceof Budget.Time(Duration time) ? Optional.of(time) : Optional.empty());
  }

  /** This deadline, or a budget's that begins to run now, whichever is sooner. */
  Deadline and(Budget budget) {
    Deadline other = of(budget);
    return other.remaining() < remaining() ? other : this;
  }

  /** Seconds since the run started. */
  double elapsed() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Seconds left; infinite without a limit. */
  double remaining() {
    return limit.map(time -> time.toMillis() / 1e3 - elapsed()).orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether time is up. */
  boolean hasPassed() {
    return remaining() <= 0;
  }
}
