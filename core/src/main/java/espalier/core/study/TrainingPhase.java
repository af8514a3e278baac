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
import espalier.core.nn.NetworkCounts;
import espalier.core.study.StudyListener.Phase;
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

    /** The trained network as a model with a backend of its own. */
    Model model() {
      return Model.of(network, input, labels, weights);
    }

    /** The trained network as a model on a backend that outlives it. */
    Model model(Backend backend) {
      return Model.of(network, input, labels, weights, backend);
    }
  }

  Trained run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    requireConnected();
    TrainSplit train = onAll ? splits.retraining() : splits.train();
    Optional<ValidSplit> valid = onAll ? Optional.empty() : Optional.of(splits.valid());
    Normalisation normalisation = train.normalisation();
    PhaseLog log = new PhaseLog(folder, Phase.TRAIN, deadline);
    double before = log.secondsBefore();
    int stepsPerEpoch = train.size() / recipe.batchSize();
    long steps =
        log.steps(
            budget,
            stepsPerEpoch,
            () -> secondsPerStep(backend, train, normalisation, deadline),
            PLANNED_SHARE);
    listener.begin(Phase.TRAIN, steps, stepsPerEpoch);
    PhaseWatch watch = new PhaseWatch(Phase.TRAIN, listener, log, deadline);
    try (Trainer trainer =
        new Trainer(backend, network, recipe, train, valid, normalisation, seed)) {
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
      Optional<Score> validScore = valid.map(trainer::measure);
      Optional<TestSplit> test = splits.test();
      Optional<Score> testScore = test.map(trainer::measure);
      NetworkCounts counts = NetworkCounts.declared(network, train.image());
      return new Trained(
          network,
          new ImageInput(train.image(), normalisation),
          train.classNames(),
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
    if (!NetworkCounts.seesImages(network, splits.train().image())) {
      throw new RunStopped(
          RunStopped.Reason.DISCONNECTED,
          "training: the architecture has no path from the image to the output, so there is nothing"
              + " to train; choose or search another");
    }
  }

  /** Times a few steps of a training that is then thrown away. */
  private double secondsPerStep(
      Backend backend, TrainSplit train, Normalisation normalisation, Deadline deadline) {
    StepClock clock = new StepClock(deadline, PROBE_STEPS);
    try (Trainer trainer =
        new Trainer(backend, network, recipe, train, Optional.empty(), normalisation, seed)) {
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
      return watch.isCancelled();
    }
  }
}
