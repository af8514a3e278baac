package espalier.core.train;

/** How a training ended. */
public sealed interface TrainingOutcome {

  /** All steps were done. */
  record Completed(long steps) implements TrainingOutcome {}

  /** The validation accuracy did not improve for as many epochs as the recipe's patience. */
  record StoppedEarly(long steps, long bestEpoch) implements TrainingOutcome {}

  /** The loss was no longer a number. */
  record Diverged(long step) implements TrainingOutcome {}

  /** Somebody asked to stop; the training can be resumed from its last checkpoint. */
  record Cancelled(long step) implements TrainingOutcome {}
}
