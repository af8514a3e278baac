package espalier.core.estimate;

import espalier.core.train.TrainingListener;

/** Sums losses, and stops where the trial's share of the training ends. */
final class TrialProgress implements TrainingListener {
  private final long paid;
  private final long last;
  private final TrainingListener listener;
  private long done;
  private double losses;

  /**
   * A trial's progress.
   *
   * @param paid steps that another trial did: not heard of, even if they are done again
   * @param losses of the steps before those that are to be done
   */
  TrialProgress(long paid, long last, double losses, TrainingListener listener) {
    this.paid = paid;
    this.last = last;
    this.losses = losses;
    this.listener = listener;
  }

  boolean isDone() {
    return done == last;
  }

  double losses() {
    return losses;
  }

  double meanLoss() {
    return losses / done;
  }

  @Override
  public void start(long step) {
    done = step;
  }

  @Override
  public void step(long step, long steps, double loss) {
    done = step;
    losses += loss;
    if (step > paid) {
      listener.step(step - paid, last - paid, loss);
    }
  }

  @Override
  public boolean isCancelled() {
    return isDone() || listener.isCancelled();
  }
}
