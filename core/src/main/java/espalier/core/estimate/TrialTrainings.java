package espalier.core.estimate;

import espalier.core.train.Checkpoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trainings that were left before their end, by the number of the trial that left them. One that is
 * not there any more costs time and nothing else: it is done again from its beginning, to the same
 * bits.
 */
public interface TrialTrainings {

  /** Where a trial's training was left. */
  Optional<Checkpoint> find(long trial);

  /** Keeps a trial's training. */
  void keep(long trial, Checkpoint training);

  /** Forgets a trial's training, if there is one. */
  void discard(long trial);

  /** Keeps nothing. */
  static TrialTrainings none() {
    return new TrialTrainings() {
      @Override
      public Optional<Checkpoint> find(long trial) {
        return Optional.empty();
      }

      @Override
      public void keep(long trial, Checkpoint training) {
        // All that continue begin again.
      }

      @Override
      public void discard(long trial) {
        // There is none.
      }
    };
  }

  /** Keeps them in memory. */
  static TrialTrainings inMemory() {
    return new InMemory(new ConcurrentHashMap<>());
  }

  /** In memory. */
  record InMemory(Map<Long, Checkpoint> kept) implements TrialTrainings {
    @Override
    public Optional<Checkpoint> find(long trial) {
      return Optional.ofNullable(kept.get(trial));
    }

    @Override
    public void keep(long trial, Checkpoint training) {
      kept.put(trial, training);
    }

    @Override
    public void discard(long trial) {
      kept.remove(trial);
    }
  }
}
