package espalier.core.study;

import espalier.core.io.Json;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.study.StudyListener.Phase;
import espalier.core.train.Examples;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.TaskData;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one network on a task and measures it: on the validation part where one was kept apart,
 * and once on the test part at the very end.
 *
 * @param name what the journal calls this training
 */
record TrainingPhase(
    String name,
    Network network,
    TaskData data,
    Optional<Examples> test,
    Recipe recipe,
    Budget budget,
    long seed) {

  /** The only training of a run. */
  TrainingPhase(
      Network network,
      TaskData data,
      Optional<Examples> test,
      Recipe recipe,
      Budget budget,
      long seed) {
    this(Phase.TRAIN.label(), network, data, test, recipe, budget, seed);
  }

  /** Training steps timed before a wall-clock budget becomes a step count. */
  private static final int PROBE_STEPS = 6;

  /** Share of the remaining time that is planned with; the rest is for measuring and writing. */
  private static final double PLANNED_SHARE = 0.85;

  /**
   * A trained network and its figures.
   *
   * @param seconds spent training, measuring included
   * @param peakBytes of variables, optimiser state and arena
   */
  record Trained(
      Network network,
      Map<String, float[]> weights,
      Optional<Score> valid,
      Optional<Score> test,
      long parameters,
      long multiplyAccumulates,
      long steps,
      double seconds,
      long peakBytes) {}

  Trained run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    requireConnected();
    PhaseLog log = new PhaseLog(folder, name, deadline);
    double before = log.secondsBefore();
    int stepsPerEpoch = data.stepsPerEpoch(recipe.batchSize());
    long steps =
        log.steps(budget, stepsPerEpoch, () -> secondsPerStep(backend, deadline), PLANNED_SHARE);
    listener.begin(Phase.TRAIN, steps, stepsPerEpoch);
    PhaseWatch watch = new PhaseWatch(Phase.TRAIN, listener, log, deadline);
    try (Trainer trainer = new Trainer(backend, network, recipe, data, seed)) {
      Progress progress = new Progress(listener, log, watch);
      long done =
          switch (trainer.run(steps, log.checkpoint(), progress)) {
            case TrainingOutcome.Completed _ -> steps;
            case TrainingOutcome.StoppedEarly early -> early.steps();
            case TrainingOutcome.Diverged(long step) -> throw watch.diverged(step);
            case TrainingOutcome.Cancelled(long step) -> {
              long counted = watch.stopped(step);
              trainer.takeBest();
              yield counted;
            }
          };
      Optional<Score> validScore = data.valid().map(trainer::measure);
      Optional<Score> testScore = test.map(trainer::measure);
      NetworkCounts counts = NetworkCounts.declared(network, data.task().input());
      return new Trained(
          network,
          trainer.weights(),
          validScore,
          testScore,
          counts.parameters(),
          counts.multiplyAccumulates(),
          done,
          before + log.seconds(),
          trainer.peakBytes());
    }
  }

  /** Refuses a network that ignores its input, as a cell without a path through it does. */
  void requireConnected() {
    if (!NetworkCounts.seesInput(network, data.task().input())) {
      throw new RunStopped(
          RunStopped.Reason.DISCONNECTED,
          "training: the architecture has no path from the input to the output, so there is nothing"
              + " to train; choose or search another");
    }
  }

  /** Times a few steps of a training that is then thrown away. */
  private double secondsPerStep(Backend backend, Deadline deadline) {
    StepClock clock = new StepClock(deadline, PROBE_STEPS);
    try (Trainer trainer = new Trainer(backend, network, recipe, data.withoutValid(), seed)) {
      trainer.run(
          PROBE_STEPS,
          Optional.empty(),
          new TrainingListener() {
            @Override
            public void step(long step, long steps, double loss) {
              clock.tick();
            }
          });
    }
    return clock.secondsPerStep();
  }

  /** Passes progress on and records epochs. */
  private record Progress(StudyListener listener, PhaseLog log, PhaseWatch watch)
      implements TrainingListener {

    @Override
    public void start(long step) {
      watch.start(step);
    }

    @Override
    public void step(long step, long steps, double loss) {
      watch.step(step, steps, loss);
    }

    @Override
    public void epoch(Epoch epoch) {
      Json.Obj figures =
          Json.object()
              .with("steps", Json.of(epoch.steps()))
              .with("trainLoss", Json.of(epoch.trainLoss()));
      Map<Metric, Double> valid = epoch.valid().map(Score::values).orElseGet(LinkedHashMap::new);
      for (Map.Entry<Metric, Double> entry : valid.entrySet()) {
        figures = figures.with(entry.getKey().on("valid"), Json.of(entry.getValue()));
      }
      log.epoch(epoch.epoch(), figures);
      listener.trainEpoch(epoch);
    }

    @Override
    public boolean isCancelled() {
      return watch.isCancelled();
    }
  }
}
