package espalier.core.study;

import espalier.core.search.Outcome;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.Supernet;
import espalier.core.train.TrainingListener;
import java.util.List;
import java.util.Locale;

/** Hears of a run's progress, phase by phase; may ask it to stop. */
public interface StudyListener {

  /** A part of a run. */
  enum Phase {
    /** Looking for an architecture. */
    SEARCH,
    /** Training the architecture found. */
    TRAIN;

    /** What journals call the phase where a run has one of the kind. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A phase begins; its budget is fixed. */
  default void begin(Phase phase, long steps, int stepsPerEpoch) {}

  /**
   * A step was done; {@code losses} are the training loss and, in a search, the validation loss.
   */
  default void step(Phase phase, long step, long steps, double... losses) {}

  /** An epoch of a search was done. */
  default void searchEpoch(DifferentiableSearch.Epoch epoch, List<Supernet.Table> tables) {}

  /** An epoch of a training was done. */
  default void trainEpoch(TrainingListener.Epoch epoch) {}

  /**
   * A candidate was tried.
   *
   * @param trial counted from 1
   */
  default void trial(long trial, long trials, String architecture, Outcome outcome) {}

  /** An architecture was chosen. */
  default void derived(String architecture) {}

  /** Something worth a line. */
  default void note(String text) {}

  /** Asked before each step; {@code true} stops the run, which can be resumed. */
  default boolean isCancelled() {
    return false;
  }

  /** A listener that does nothing. */
  static StudyListener none() {
    return new StudyListener() {};
  }
}
