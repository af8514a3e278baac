package espalier.core.train;

import java.util.Optional;

/** Hears of a training's progress; may ask it to stop. */
public interface TrainingListener {

  /** The training starts, {@code step} steps having been done before. */
  default void start(long step) {}

  /** A step was done. */
  default void step(long step, long steps, double loss) {}

  /** An epoch was done, and measured where there is a validation split. */
  default void epoch(Epoch epoch) {}

  /** Asked before each step; {@code true} stops the training. */
  default boolean isCancelled() {
    return false;
  }

  /**
   * An epoch's figures.
   *
   * @param epoch counted from 1
   * @param steps steps done since the start
   * @param trainLoss mean loss of the epoch's steps
   * @param valid what was measured on the validation split
   */
  record Epoch(long epoch, long steps, double trainLoss, Optional<Score> valid) {}

  /** A listener that does nothing. */
  static TrainingListener none() {
    return new TrainingListener() {};
  }
}
