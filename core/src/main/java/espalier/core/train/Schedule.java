package espalier.core.train;

import java.util.List;

/** Learning rate over a training, as a function of the part of it that is done. */
@FunctionalInterface
public interface Schedule {

  /** The rate when {@code progress} (at least 0, less than 1) of the training is done. */
  double rate(double progress);

  /** Always the same. */
  record Constant(double rate) implements Schedule {
    @Override
    public double rate(double progress) {
      return rate;
    }
  }

  /** Half a cosine from {@code from} down to {@code to} [Loshchilov and Hutter 2017]. */
  record Cosine(double from, double to) implements Schedule {
    @Override
    public double rate(double progress) {
      return to + (from - to) * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }
  }

  /** A straight line from {@code from} to {@code to}. */
  record Linear(double from, double to) implements Schedule {
    @Override
    public double rate(double progress) {
      return from + (to - from) * progress;
    }
  }

  /** Multiplied by {@code factor} after each of {@code stages} equal parts. */
  record Steps(double from, double factor, int stages) implements Schedule {
    public Steps {
      if (stages < 1) {
        throw new IllegalArgumentException("schedule: " + stages + " stages, expected 1 or more");
      }
    }

    @Override
    public double rate(double progress) {
      return from * StrictMath.pow(factor, Math.floor(progress * stages));
    }
  }

  /**
   * One schedule after the other. Each says the rate as if it were that of the whole training.
   *
   * @param stages in order; the last one is for all the rest
   */
  record Stages(List<Stage> stages) implements Schedule {

    /**
     * A part of a training.
     *
     * @param until which share of the training is done at its end
     */
    public record Stage(double until, Schedule schedule) {}

    public Stages {
      stages = List.copyOf(stages);
      if (stages.isEmpty()) {
        throw new IllegalArgumentException("schedule: no stages, expected 1 or more");
      }
    }

    @Override
    public double rate(double progress) {
      return stages.stream()
          .filter(stage -> progress < stage.until())
          .findFirst()
          .orElseGet(stages::getLast)
          .schedule()
          .rate(progress);
    }
  }

  /**
   * Rises from 0 in a straight line for the first {@code share} of the training, then {@code
   * after}.
   */
  record WarmUp(double share, Schedule after) implements Schedule {
    public WarmUp {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            "warm-up: share " + share + " of the training, expected at least 0 and less than 1");
      }
    }

    @Override
    public double rate(double progress) {
      return progress < share
          ? after.rate(0) * progress / share
          : after.rate((progress - share) / (1 - share));
    }
  }
}
