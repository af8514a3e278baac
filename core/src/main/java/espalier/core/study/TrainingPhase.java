package espalier.core.study;

import espalier.core.data.Splits;
import espalier.core.data.TestSplit;
import espalier.core.data.TrainSplit;
import espalier.core.data.ValidSplit;
import espalier.core.io.ImageInput;
import espalier.core.io.Json;
import espalier.core.io.Normalisation;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.study.StudyListener.Phase;
import espalier.core.train.ClassifierGraphs;
import espalier.core.train.Evaluator.Score;
import espalier.core.train.Recipe;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one network on a task and measures it: on the validation split where that was kept apart,
 * and once on the test split at the very end.
 *
 * @param onAll whether the validation images are trained on too; nothing is measured on them then
 */
record TrainingPhase(
    Network network, Splits splits, Recipe recipe, Budget budget, boolean onAll, long seed) {

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
      ImageInput input,
      List<String> labels,
      Map<String, float[]> weights,
      Optional<Score> valid,
      Optional<Score> test,
      long parameters,
      long multiplyAccumulates,
      long steps,
      double seconds,
      long peakBytes) {

    /** The trained network as a model that stands alone. */
    Model model(Backend backend) {
      return Model.of(network, input, labels, weights, backend);
    }
  }

  Trained run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    TrainSplit train = onAll ? splits.retraining() : splits.train();
    Optional<ValidSplit> valid = onAll ? Optional.empty() : Optional.of(splits.valid());
    Normalisation normalisation = train.normalisation();
    PhaseLog log = new PhaseLog(folder, Phase.TRAIN, deadline);
    double before = log.secondsBefore();
    long steps =
        log.steps().orElseGet(() -> fixSteps(backend, train, normalisation, deadline, log));
    try (Trainer trainer =
        new Trainer(backend, network, recipe, train, valid, normalisation, seed)) {
      listener.begin(Phase.TRAIN, steps, trainer.stepsPerEpoch());
      long stop = log.cut().orElse(steps);
      Progress progress = new Progress(listener, log, deadline, stop, log.cut().isPresent());
      TrainingOutcome outcome = trainer.run(steps, log.checkpoint(), progress);
      long done = settle(outcome, steps, log, progress);
      Optional<Score> validScore = valid.map(trainer::measure);
      Optional<TestSplit> test = splits.test();
      Optional<Score> testScore = test.map(trainer::measure);
      ClassifierGraphs.Built one = ClassifierGraphs.inference(network, train.image(), 1);
      return new Trained(
          network,
          new ImageInput(train.image(), normalisation),
          train.classNames(),
          trainer.weights(),
          validScore,
          testScore,
          one.scope().parameterCount(),
          one.scope().multiplyAccumulates(),
          done,
          before + log.seconds(),
          trainer.peakBytes());
    }
  }

  private static long settle(TrainingOutcome outcome, long steps, PhaseLog log, Progress progress) {
    return switch (outcome) {
      case TrainingOutcome.Completed completed -> steps;
      case TrainingOutcome.StoppedEarly early -> early.steps();
      case TrainingOutcome.Diverged diverged ->
          throw new RunStopped(
              RunStopped.Reason.DIVERGED,
              ("training: the loss is no longer a number at step %d; a smaller learning rate may"
                      + " help")
                  .formatted(diverged.step() + 1));
      case TrainingOutcome.Cancelled cancelled -> {
        if (!progress.cutByDeadline) {
          throw new RunStopped(
              RunStopped.Reason.CANCELLED, "training: stopped at step " + cancelled.step());
        }
        if (log.cut().isEmpty()) {
          log.cut(cancelled.step());
        }
        yield cancelled.step();
      }
    };
  }

  private long fixSteps(
      Backend backend,
      TrainSplit train,
      Normalisation normalisation,
      Deadline deadline,
      PhaseLog log) {
    int stepsPerEpoch = train.size() / recipe.batchSize();
    long steps =
        budget instanceof Budget.Time
            ? probe(backend, train, normalisation, deadline)
            : Budget.steps(budget, stepsPerEpoch);
    log.fix(budget, steps);
    return steps;
  }

  /** Times a few steps of a training that is then thrown away. */
  private long probe(
      Backend backend, TrainSplit train, Normalisation normalisation, Deadline deadline) {
    try (Trainer trainer =
        new Trainer(backend, network, recipe, train, Optional.empty(), normalisation, seed)) {
      StepClock clock = new StepClock(deadline, PROBE_STEPS);
      trainer.run(
          PROBE_STEPS,
          Optional.empty(),
          new TrainingListener() {
            @Override
            public void step(long step, long steps, double loss) {
              clock.tick();
            }
          });
      return Math.max(1, (long) (deadline.remaining() * PLANNED_SHARE / clock.secondsPerStep()));
    }
  }

  /** Passes progress on, records epochs and watches the deadline. */
  private static final class Progress implements TrainingListener {
    private final StudyListener listener;
    private final PhaseLog log;
    private final Deadline deadline;
    private final long stop;
    private final boolean replaysCut;
    private long done;
    private boolean cutByDeadline;

    Progress(
        StudyListener listener, PhaseLog log, Deadline deadline, long stop, boolean replaysCut) {
      this.listener = listener;
      this.log = log;
      this.deadline = deadline;
      this.stop = stop;
      this.replaysCut = replaysCut;
    }

    @Override
    public void start(long step) {
      done = step;
    }

    @Override
    public void step(long step, long steps, double loss) {
      done = step;
      listener.step(Phase.TRAIN, step, steps, loss);
    }

    @Override
    public void epoch(Epoch epoch) {
      Json.Obj figures =
          Json.object()
              .with("steps", Json.of(epoch.steps()))
              .with("trainLoss", Json.of(epoch.trainLoss()));
      if (epoch.valid().isPresent()) {
        figures =
            figures
                .with("validAccuracy", Json.of(epoch.valid().get().accuracy()))
                .with("validLoss", Json.of(epoch.valid().get().loss()));
      }
      log.epoch(epoch.epoch(), figures);
      listener.trainEpoch(epoch);
    }

    @Override
    public boolean isCancelled() {
      cutByDeadline = replaysCut ? done >= stop : deadline.hasPassed();
      return cutByDeadline || listener.isCancelled();
    }
  }
}
