package espalier.core.study;

import espalier.core.estimate.TrialTrainings;
import espalier.core.train.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;

/** Trainings of trials in a run's folder, a checkpoint each. */
record StoredTrainings(RunFolder run) implements TrialTrainings {

  private static String name(long trial) {
    return "trial-" + trial;
  }

  private Path file(long trial) {
    return run.checkpoint(name(trial));
  }

  @Override
  public Optional<Checkpoint> find(long trial) {
    Path file = file(trial);
    return Checkpoint.exists(file) ? Optional.of(Checkpoint.read(file)) : Optional.empty();
  }

  @Override
  public void keep(long trial, Checkpoint training) {
    training.write(file(trial));
  }

  @Override
  public void discard(long trial) {
    run.discardCheckpoint(name(trial));
  }
}
