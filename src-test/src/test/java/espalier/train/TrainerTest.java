package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.Augmentation;
import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.Normalisation;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.train.Examples;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Score;
import espalier.core.train.TaskGraphs;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a training goes and how it ends. */
class TrainerTest {
  private static final int PER_EPOCH = 5;

  private final Backend backend = Backends.open("cpu-simd", BackendOptions.threads(2));

  @AfterEach
  void close() {
    backend.close();
  }

  private static TrainingOutcome run(Trainer trainer, long steps) {
    return trainer.run(steps, Optional.empty(), TrainingListener.none());
  }

  private Map<String, float[]> trained(Recipe recipe, long seed) {
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, seed)) {
      assertThat(run(trainer, 12)).isEqualTo(new TrainingOutcome.Completed(12));
      return trainer.weights();
    }
  }

  private static double accuracy(Trainer trainer) {
    Examples seen = Quadrants.DATA.examples(Quadrants.SPLITS.train());
    return trainer.measure(seen).value(Metric.ACCURACY);
  }

  @Test
  void itLearns() {
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, Quadrants.recipe(), 1)) {
      double before = accuracy(trainer);
      run(trainer, 8 * PER_EPOCH);
      assertThat(before).isLessThan(0.6);
      assertThat(accuracy(trainer)).isEqualTo(1);
    }
  }

  /** Writes down what a training reports. */
  private static final class Log implements TrainingListener {
    final List<Long> steps = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();

    @Override
    public void step(long step, long all, double loss) {
      steps.add(step);
      losses.add(loss);
    }

    @Override
    public void epoch(Epoch epoch) {
      epochs.add(epoch);
    }
  }

  @Test
  void stepsAreExactAndAnEpochLeavesOutWhatDoesNotFillABatch() {
    Log log = new Log();
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, Quadrants.recipe(), 1)) {
      assertThat(trainer.stepsPerEpoch()).isEqualTo(43 / 8).isEqualTo(PER_EPOCH);
      assertThat(trainer.run(7, Optional.empty(), log)).isEqualTo(new TrainingOutcome.Completed(7));
    }
    assertThat(log.steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(log.epochs).extracting(TrainingListener.Epoch::steps).containsExactly(5L, 7L);
    assertThat(log.epochs).extracting(TrainingListener.Epoch::epoch).containsExactly(1L, 2L);
    assertThat(log.epochs.getLast().trainLoss())
        .isEqualTo((log.losses.get(5) + log.losses.get(6)) / 2);
  }

  @Test
  void theScheduleIsAskedForThePartOfTheTrainingThatIsDone() {
    List<Double> asked = new ArrayList<>();
    Schedule listening =
        progress -> {
          asked.add(progress);
          return 0.01;
        };
    Recipe recipe = Quadrants.recipe().with(Quadrants.recipe().optimizer(), listening);
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1)) {
      run(trainer, 8);
    }
    assertThat(asked).containsExactly(0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875);
  }

  @Test
  void anEvaluationCountsTheRemainderOfASplit() {
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, Quadrants.recipe(), 1)) {
      run(trainer, 6);
      int rows = Quadrants.SPLITS.valid().size();
      assertThat(rows % Quadrants.recipe().batchSize()).isNotZero();
      Score score = trainer.measure(Quadrants.DATA.valid().orElseThrow());
      float[] logits = logits(trainer, rows);
      double correct = 0;
      double loss = 0;
      for (int row = 0; row < rows; row++) {
        int label = Quadrants.SPLITS.valid().label(row);
        double sum = 0;
        boolean largest = true;
        for (int c = 0; c < 4; c++) {
          sum += Math.exp(logits[row * 4 + c]);
          largest &= c == label || logits[row * 4 + c] < logits[row * 4 + label];
        }
        correct += largest ? 1 : 0;
        loss += Math.log(sum) - logits[row * 4 + label];
      }
      assertThat(score.value(Metric.ACCURACY)).isEqualTo(correct / rows);
      assertThat(score.value(Metric.LOSS)).isCloseTo(loss / rows, within(1e-12));
    }
  }

  /** Logits of the whole validation split as one batch. */
  private static float[] logits(Trainer trainer, int rows) {
    Normalisation normalisation = Quadrants.SPLITS.train().normalisation();
    float[] images = new float[rows * Quadrants.SPEC.values()];
    for (int row = 0; row < rows; row++) {
      Quadrants.SPLITS.valid().read(row, images, row * Quadrants.SPEC.values());
    }
    normalisation.apply(images, 0, images.length);
    var built = TaskGraphs.inference(Quadrants.NETWORK, Quadrants.DATA.task().input(), rows);
    return trainer
        .session()
        .run(
            trainer.session().compile(built.computation()),
            Map.of(FeedSpec.IMAGES, HostData.of(images)))
        .floats(0);
  }

  /** Learns for three epochs; then the rate is negative, so that it unlearns. */
  private static final Schedule UNLEARNING = progress -> progress < 0.3 ? 0.05 : -2;

  /** Keeps the weights of each epoch. */
  private static class Snapshots implements TrainingListener {
    final List<Map<String, float[]>> weights = new ArrayList<>();
    final List<Double> accuracies = new ArrayList<>();
    private final Trainer trainer;

    Snapshots(Trainer trainer) {
      this.trainer = trainer;
    }

    @Override
    public void epoch(Epoch epoch) {
      weights.add(trainer.weights());
      accuracies.add(epoch.valid().orElseThrow().value(Metric.ACCURACY));
    }

    /** The first epoch with the highest accuracy, counted from 1. */
    int best() {
      OptionalDouble most = accuracies.stream().mapToDouble(Double::doubleValue).max();
      return 1 + accuracies.indexOf(most.orElseThrow());
    }
  }

  @Test
  void patienceEndsItAndTheBestEpochIsKept() {
    Recipe recipe =
        Quadrants.recipe().with(Quadrants.recipe().optimizer(), UNLEARNING).withPatience(2);
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1)) {
      Snapshots epochs = new Snapshots(trainer);
      TrainingOutcome outcome = trainer.run(10 * PER_EPOCH, Optional.empty(), epochs);
      int best = epochs.best();
      assertThat(best).isBetween(1, 7);
      assertThat(outcome)
          .isEqualTo(new TrainingOutcome.StoppedEarly((best + 2L) * PER_EPOCH, best));
      assertThat(epochs.accuracies).hasSize(best + 2);
      assertThat(Quadrants.same(trainer.weights(), epochs.weights.get(best - 1))).isTrue();
      assertThat(Quadrants.same(trainer.weights(), epochs.weights.getLast())).isFalse();
    }
  }

  @Test
  void withoutPatienceItGoesOnAndTheBestEpochIsKeptAllTheSame() {
    Recipe recipe = Quadrants.recipe().with(Quadrants.recipe().optimizer(), UNLEARNING);
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1)) {
      Snapshots epochs = new Snapshots(trainer);
      TrainingOutcome outcome = trainer.run(10 * PER_EPOCH, Optional.empty(), epochs);
      assertThat(outcome).isEqualTo(new TrainingOutcome.Completed(10 * PER_EPOCH));
      assertThat(epochs.accuracies.getLast()).isLessThan(epochs.accuracies.get(epochs.best() - 1));
      assertThat(Quadrants.same(trainer.weights(), epochs.weights.get(epochs.best() - 1))).isTrue();
    }
  }

  @Test
  void whoStopsItFindsTheLastWeightsAndMayTakeTheBest() {
    Recipe recipe = Quadrants.recipe().with(Quadrants.recipe().optimizer(), UNLEARNING);
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1)) {
      Snapshots epochs =
          new Snapshots(trainer) {
            private long done;

            @Override
            public void step(long step, long steps, double loss) {
              done = step;
            }

            @Override
            public boolean isCancelled() {
              return done == 33;
            }
          };
      TrainingOutcome outcome = trainer.run(10 * PER_EPOCH, Optional.empty(), epochs);
      assertThat(outcome).isEqualTo(new TrainingOutcome.Cancelled(33));
      assertThat(Quadrants.same(trainer.weights(), epochs.weights.get(epochs.best() - 1)))
          .isFalse();
      trainer.takeBest();
      assertThat(Quadrants.same(trainer.weights(), epochs.weights.get(epochs.best() - 1))).isTrue();
    }
  }

  @Test
  void aLossThatIsNoNumberEndsIt() {
    Recipe wild =
        Quadrants.recipe().with(Quadrants.recipe().optimizer(), new Schedule.Constant(1e30));
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, wild, 1)) {
      assertThat(run(trainer, 10))
          .isInstanceOfSatisfying(
              TrainingOutcome.Diverged.class, end -> assertThat(end.step()).isBetween(1L, 4L));
    }
  }

  @Test
  void weightsThatTheLastStepRuinedEndItToo() {
    Recipe wild =
        Quadrants.recipe()
            .with(Quadrants.recipe().optimizer(), new Schedule.Constant(Double.MAX_VALUE));
    try (Trainer trainer = Quadrants.trainer(backend, Quadrants.NETWORK, wild, 1)) {
      assertThat(run(trainer, 1)).isEqualTo(new TrainingOutcome.Diverged(0));
    }
  }

  @Test
  void augmentationIsAFunctionOfTheSeed() {
    Recipe augmented = Quadrants.recipe().with(new Augmentation(1, true, 2));
    Map<String, float[]> first = trained(augmented, 1);
    assertThat(Quadrants.same(trained(augmented, 1), first)).isTrue();
    assertThat(Quadrants.same(trained(augmented, 2), first)).isFalse();
    assertThat(Quadrants.same(trained(Quadrants.recipe(), 1), first)).isFalse();
  }

  @Test
  void classWeightsDecideWhereImagesDoNot() {
    byte[] nothing = new byte[40 * Quadrants.SPEC.values()];
    int[] labels = new int[40];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 2;
    }
    Splits splits =
        Splits.byCount(
            Dataset.of(Quadrants.SPEC, nothing, labels, List.of("left", "right")),
            32,
            8,
            Splits.Sampling.STRATIFIED,
            1);
    Network linear = Network.of(Layer.sequence(Pool.flatten(), Linear.of(2)));
    for (List<Double> weights : List.of(List.of(4.0, 1.0), List.of(1.0, 4.0))) {
      Recipe recipe = Quadrants.recipe().with(new CrossEntropy(0, weights));
      try (Trainer trainer =
          new Trainer(
              backend,
              linear,
              recipe,
              new ImageData(splits.train(), Optional.empty(), Normalisation.identity(1)),
              1)) {
        run(trainer, 100);
        float[] bias = trainer.weights().get("1.bias");
        // The best constant answer gives the classes odds of 4 to 1; batches are not all even.
        assertThat(bias[0] - bias[1])
            .isCloseTo((float) Math.log(weights.get(0) / weights.get(1)), within(0.5f));
      }
    }
  }
}
