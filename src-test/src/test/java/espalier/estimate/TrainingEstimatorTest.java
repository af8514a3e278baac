package espalier.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.data.Augmentation;
import espalier.core.data.SearchData;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.estimate.TrialTrainings;
import espalier.core.io.ImageSpec;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Candidates are trained as anyone would train them, as far as their fidelity says. */
final class TrainingEstimatorTest {
  private static final Nb201Space SPACE =
      new Nb201Space(new Nb201Macro(4, 1), new Nb201Macro(4, 1));
  private static final Cell CELL =
      SPACE.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|skip_connect~1|"
              + "+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|");
  private static final Cell DISCONNECTED =
      SPACE.parse("|none~0|+|none~0|none~1|+|none~0|nor_conv_3x3~1|none~2|");
  private static final SearchData DATA =
      new GeneratedImages(new ImageSpec(16, 16, 1), 3).splits(64, 32, 8).search();
  private static final ImageData LEARNT = ImageData.of(DATA);
  private static final int BATCH = 8;
  private static final int EPOCHS = 3;
  private static final long SEED = 5;

  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Network network(Cell cell) {
    return SPACE.model(cell, DATA.train().classNames().size());
  }

  private static Recipe recipe(double rate) {
    return new Recipe(
        BATCH,
        new Sgd(0.9, 3e-4, false),
        new Schedule.Cosine(rate, 0),
        0,
        CrossEntropy.plain(),
        0,
        0,
        Augmentation.none(),
        0);
  }

  private static TrainingEstimator<Cell> estimator(Reduction reduction) {
    return new TrainingEstimator<>(
        backend,
        TrainingEstimatorTest::network,
        LEARNT,
        new TrainingEstimator.Settings(recipe(0.05), EPOCHS, reduction),
        SEED);
  }

  private static Trial<Cell> trial(Cell cell, Fidelity fidelity) {
    return new Trial<>(0, cell, fidelity, new Start.Fresh());
  }

  private static double metric(Outcome outcome, String name) {
    assertThat(outcome).isInstanceOf(Outcome.Measured.class);
    return ((Outcome.Measured) outcome).metrics().find(name).orElseThrow();
  }

  /** Losses of all steps of the whole training, and what it ends with. */
  private record Whole(List<Double> losses, double accuracy, double loss) {}

  private static Whole whole() {
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(
            backend,
            network(CELL),
            recipe(0.05),
            ImageData.of(DATA.train(), Optional.empty()),
            SEED)) {
      trainer.run(
          (long) EPOCHS * DATA.train().size() / BATCH,
          Optional.empty(),
          new TrainingListener() {
            @Override
            public void step(long step, long steps, double loss) {
              losses.add(loss);
            }
          });
      var score = trainer.measure(LEARNT.valid().orElseThrow());
      return new Whole(losses, score.value(Metric.ACCURACY), score.value(Metric.LOSS));
    }
  }

  private static double mean(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).sum() / losses.size();
  }

  @Test
  void aTrialAtFullFidelityIsTheWholeTraining() {
    Whole whole = whole();
    Outcome outcome = estimator(Reduction.STEPS).estimate(trial(CELL, Fidelity.whole()));
    assertThat(metric(outcome, TrainingEstimator.ACCURACY)).isEqualTo(whole.accuracy());
    assertThat(metric(outcome, TrainingEstimator.LOSS)).isEqualTo(whole.loss());
    assertThat(metric(outcome, TrainingEstimator.TRAIN_LOSS)).isEqualTo(mean(whole.losses()));
    assertThat(estimator(Reduction.EXAMPLES).estimate(trial(CELL, Fidelity.whole())))
        .isEqualTo(outcome);
  }

  @Test
  void fewerStepsAreTheBeginningOfTheWholeTraining() {
    Whole whole = whole();
    Outcome outcome = estimator(Reduction.STEPS).estimate(trial(CELL, new Fidelity(1, 4)));
    int steps = whole.losses().size() / 4;
    assertThat(metric(outcome, TrainingEstimator.TRAIN_LOSS))
        .isEqualTo(mean(whole.losses().subList(0, steps)));
  }

  /** Halved batches are twice as many steps, which cost half as much each, in all pieces. */
  @Test
  void anEpochCostsTheSameWhateverTheBatch() {
    TrainingEstimator<Cell> common = estimator(Reduction.STEPS);
    TrainingEstimator<Cell> halved = common.trainedBy(_ -> recipe(0.05).withBatchSize(BATCH / 2));
    Trial<Cell> whole = trial(CELL, Fidelity.whole());
    assertThat(halved.wholeSteps(whole)).isEqualTo(common.wholeSteps(whole));
    Trial<Cell> first = trial(CELL, new Fidelity(1, 3));
    Trial<Cell> rest = new Trial<>(1, CELL, Fidelity.whole(), Start.Continue.of(first));
    assertThat(halved.wholeSteps(first) + halved.wholeSteps(rest))
        .isEqualTo(common.wholeSteps(whole));
  }

  /** In three pieces, from what is kept or from the beginning where nothing is: the same bits. */
  @Test
  void aTrialThatIsContinuedEndsAsTheWholeTraining() {
    Outcome whole = estimator(Reduction.STEPS).estimate(trial(CELL, Fidelity.whole()));
    for (TrialTrainings kept : List.of(TrialTrainings.inMemory(), TrialTrainings.none())) {
      List<Long> heard = new ArrayList<>();
      TrainingEstimator<Cell> estimator =
          estimator(Reduction.STEPS)
              .leavingTrainings(kept)
              .heardBy(
                  new TrainingListener() {
                    @Override
                    public void step(long step, long steps, double loss) {
                      heard.add(step);
                    }
                  });
      Trial<Cell> first = new Trial<>(7, CELL, new Fidelity(1, 9), new Start.Fresh());
      Trial<Cell> second = new Trial<>(8, CELL, new Fidelity(3, 9), Start.Continue.of(first));
      Trial<Cell> third = new Trial<>(9, CELL, Fidelity.whole(), Start.Continue.of(second));
      estimator.estimate(first);
      estimator.estimate(second);
      heard.clear();
      assertThat(estimator.estimate(third)).isEqualTo(whole);
      assertThat(heard).hasSize((int) estimator.wholeSteps(third)).startsWith(1L);
      assertThat(Stream.of(first, second, third).mapToLong(estimator::wholeSteps).sum())
          .isEqualTo(estimator.wholeSteps(trial(CELL, Fidelity.whole())));
      assertThat(kept.find(9)).isEmpty();
    }
  }

  @Test
  void fewerImagesAreAWholeTrainingOnSomeOfThem() {
    TrainingEstimator<Cell> estimator = estimator(Reduction.EXAMPLES);
    Outcome half = estimator.estimate(trial(CELL, new Fidelity(1, 2)));
    assertThat(half)
        .isNotEqualTo(estimator.estimate(trial(CELL, Fidelity.whole())))
        .isNotEqualTo(estimator(Reduction.STEPS).estimate(trial(CELL, new Fidelity(1, 2))));
  }

  @Test
  void trialsAtTheSameTimeEndAsTheyDoAlone() {
    TrainingEstimator<Cell> estimator = estimator(Reduction.STEPS);
    Outcome alone = estimator.estimate(trial(CELL, Fidelity.whole()));
    assertThat(
            IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> estimator.estimate(trial(CELL, Fidelity.whole())))
                .toList())
        .allMatch(alone::equals);
  }

  @Test
  void whatCannotBeTrainedFails() {
    assertThat(estimator(Reduction.STEPS).estimate(trial(DISCONNECTED, Fidelity.whole())))
        .isEqualTo(new Outcome.Failed("the architecture has no path from the input to the output"));
    TrainingEstimator<Cell> wild =
        new TrainingEstimator<>(
            backend,
            TrainingEstimatorTest::network,
            LEARNT,
            new TrainingEstimator.Settings(recipe(1e30), EPOCHS, Reduction.STEPS),
            SEED);
    assertThat(wild.estimate(trial(CELL, Fidelity.whole())))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).startsWith("the training diverged at step "));
  }

  @Test
  void sizesAreKnownWithoutTraining() {
    Metrics known = estimator(Reduction.STEPS).known(CELL);
    NetworkCounts counts = NetworkCounts.declared(network(CELL), DATA.train().image());
    assertThat(known.find(TrainingEstimator.PARAMETERS)).hasValue((double) counts.parameters());
    assertThat(known.find(TrainingEstimator.MACS)).hasValue((double) counts.multiplyAccumulates());
    try (Trainer trainer =
        new Trainer(
            backend,
            network(CELL),
            recipe(0.05),
            ImageData.of(DATA.train(), Optional.empty()),
            SEED)) {
      trainer.run(1, Optional.empty(), TrainingListener.none());
      assertThat(known.find(TrainingEstimator.PEAK_BYTES)).hasValue((double) trainer.peakBytes());
    }
  }

  @Test
  void aTrialCostsTheMultiplyAccumulatesOfItsSteps() {
    for (Reduction reduction : List.of(Reduction.STEPS, Reduction.EXAMPLES)) {
      TrainingEstimator<Cell> estimator = estimator(reduction);
      long whole = estimator.cost(trial(CELL, Fidelity.whole()));
      assertThat(whole)
          .isEqualTo(
              (long) EPOCHS
                  * DATA.train().size()
                  * (long) estimator.known(CELL).find(TrainingEstimator.MACS).orElseThrow());
      assertThat(estimator.cost(trial(CELL, new Fidelity(1, 4)))).isEqualTo(whole / 4);
    }
  }
}
