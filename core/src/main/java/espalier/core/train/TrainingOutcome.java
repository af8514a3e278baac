package espalier.core.train;

/** How a training ended. */
public sealed interface TrainingOutcome {

  /** All steps were done. */
  record Completed(long steps) implements TrainingOutcome {}

  /**
   * The leading metric on the validation split did not improve for as many epochs as the recipe's
   * patience.
   */
  record StoppedEarly(long steps, long bestEpoch) implements TrainingOutcome {}

  /** The loss, or a weight at the end of an epoch, was no longer a finite number. */
  record Diverged(long step) implements TrainingOutcome {}

  /** Somebody asked to stop; the training can be resumed from its last checkpoint. */
  record Cancelled(long step) implements TrainingOutcome {}
}
