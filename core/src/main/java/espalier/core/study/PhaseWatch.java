package espalier.core.study;

import espalier.core.study.StudyListener.Phase;
import java.util.OptionalLong;

/**
 * Watches the steps of one phase: tells the listener, and decides whether to go on. A phase that a
 * deadline cut is cut at the same step when it is done again.
 */
final class PhaseWatch {
  private final Phase phase;
  private final StudyListener listener;
  private final PhaseLog log;
  private final Deadline deadline;
  private final OptionalLong recordedCut;
  private long done;
  private boolean cutByDeadline;
  private boolean interrupted;

  PhaseWatch(Phase phase, StudyListener listener, PhaseLog log, Deadline deadline) {
    this.phase = phase;
    this.listener = listener;
    this.log = log;
    this.deadline = deadline;
    this.recordedCut = log.cut();
  }

  /** The phase starts, {@code step} steps having been done before. */
  void start(long step) {
    done = step;
  }

  /** A step was done. */
  void step(long step, long steps, double... losses) {
    done = step;
    listener.step(phase, step, steps, losses);
  }

  /** Whether to stop before the next step. */
  boolean isCancelled() {
    cutByDeadline =
        recordedCut.isPresent() ? done >= recordedCut.getAsLong() : deadline.hasPassed();
    interrupted = !cutByDeadline && listener.isCancelled();
    return cutByDeadline || interrupted;
  }

  /** Whether the listener, and no deadline, had {@link #isCancelled} say so. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** The phase stopped where {@link #isCancelled} asked it to; answers the steps that count. */
  long stopped(long step) {
    if (!cutByDeadline) {
      throw new RunStopped(
          RunStopped.Reason.CANCELLED, "%s: stopped at step %d".formatted(log.name(), step));
    }
    if (recordedCut.isEmpty()) {
      log.cut(step);
    }
    return step;
  }

  /** The loss of the step after {@code step} was no longer a number. */
  RunStopped diverged(long step) {
    return new RunStopped(
        RunStopped.Reason.DIVERGED,
        "%s: the loss is no longer a number at step %d; a smaller learning rate may help"
            .formatted(log.name(), step + 1));
  }
}
