package espalier.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.catalog.PocketNetwork;
import espalier.core.catalog.PocketSpace;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.data.LabelledTable;
import espalier.core.data.SearchData;
import espalier.core.data.Target;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.estimate.TrainingEstimator.Settings;
import espalier.core.estimate.TrialTrainings;
import espalier.core.io.Column;
import espalier.core.io.ImageSpec;
import espalier.core.io.Table;
import espalier.core.nn.AreaResize;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Fidelity;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Repeats;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.statistics.RankCorrelation;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Hyperband;
import espalier.core.train.Adam;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.TableData;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cheaper estimates by smaller images. */
final class LowerResolutionTest {
  private static final ComposedSpace<PocketNetwork> SPACE = PocketSpace.standard();
  private static final Decision CANDIDATE =
      SPACE.parse(
          "{channels: 6, halving: mean, first: separable, second: pointwise, wiring: plain}");
  private static final int SIDE = 16;
  private static final int IMAGES = 96;
  private static final int BATCH = 16;
  private static final int EPOCHS = 2;
  private static final long SEED = 5;
  private static final Fidelity HALF = new Fidelity(1, 2);

  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static ImageData images(int height, int width, int train, int valid) {
    SearchData data =
        new GeneratedImages(new ImageSpec(height, width, 1), GeneratedImages.Scene.PLAIN, 3)
            .splits(train, valid, 8)
            .search();
    return ImageData.of(data);
  }

  private static Recipe recipe() {
    return Recipe.standard()
        .withBatchSize(BATCH)
        .with(new Adam(0.9, 0.999, 1e-8, 0, false), new Schedule.Cosine(0.005, 0));
  }

  private static Network network(Decision candidate) {
    return SPACE.model(candidate, GeneratedImages.classNames().size());
  }

  private static TrainingEstimator<Decision> estimator(
      ImageData data, int epochs, Reduction reduction) {
    return new TrainingEstimator<>(
        backend,
        LowerResolutionTest::network,
        data,
        new Settings(recipe(), epochs, reduction),
        SEED);
  }

  private static TrainingEstimator<Decision> estimator(Reduction reduction) {
    return estimator(images(SIDE, SIDE, IMAGES, 32), EPOCHS, reduction);
  }

  private static Trial<Decision> trial(Decision candidate, Fidelity fidelity) {
    return new Trial<>(0, candidate, fidelity, new Start.Fresh());
  }

  private static double metric(Outcome outcome, String name) {
    assertThat(outcome).isInstanceOf(Outcome.Measured.class);
    return ((Outcome.Measured) outcome).metrics().find(name).orElseThrow();
  }

  private static long macs(Network network, int height, int width) {
    return NetworkCounts.declared(network, new ImageSpec(height, width, 1)).multiplyAccumulates();
  }

  @Test
  void atFullFidelityItIsThePlainTraining() {
    assertThat(estimator(Reduction.RESOLUTION).estimate(trial(CANDIDATE, Fidelity.whole())))
        .isEqualTo(estimator(Reduction.STEPS).estimate(trial(CANDIDATE, Fidelity.whole())));
  }

  @Test
  void atHalfFidelityItIsTheWholeTrainingOfTheNetworkOnImagesOfHalfTheSide() {
    Outcome half = estimator(Reduction.RESOLUTION).estimate(trial(CANDIDATE, HALF));
    ImageData data = images(SIDE, SIDE, IMAGES, 32);
    Network onHalves =
        (scope, x) -> network(CANDIDATE).build(scope, AreaResize.square(SIDE / 2).apply(scope, x));
    try (Trainer trainer = new Trainer(backend, onHalves, recipe(), data.withoutValid(), SEED)) {
      trainer.run((long) EPOCHS * IMAGES / BATCH, Optional.empty(), TrainingListener.none());
      assertThat(metric(half, TrainingEstimator.LOSS))
          .isEqualTo(trainer.measure(data.valid().orElseThrow()).value(Metric.LOSS));
    }
    assertThat(metric(half, TrainingEstimator.MACS))
        .isEqualTo((double) macs(network(CANDIDATE), SIDE, SIDE));
  }

  @Test
  void itCostsTheMultiplyAccumulatesOfTheSmallerImages() {
    TrainingEstimator<Decision> estimator =
        estimator(images(20, 28, 32, 16), EPOCHS, Reduction.RESOLUTION);
    int[][] sides = {{1, 9, 8, 8}, {1, 3, 8, 10}, {1, 2, 10, 14}, {3, 4, 16, 22}, {1, 1, 20, 28}};
    for (int[] each : sides) {
      assertThat(estimator.cost(trial(CANDIDATE, new Fidelity(each[0], each[1]))))
          .as("%d of %d", each[0], each[1])
          .isEqualTo(EPOCHS * 32 * macs(network(CANDIDATE), each[2], each[3]));
    }
  }

  @Test
  void aTrialThatContinuesAnotherBeginsAnewAndLeavesNothing() {
    TrialTrainings kept = TrialTrainings.inMemory();
    TrainingEstimator<Decision> estimator = estimator(Reduction.RESOLUTION).leavingTrainings(kept);
    Trial<Decision> first = trial(CANDIDATE, HALF);
    Trial<Decision> second = new Trial<>(1, CANDIDATE, Fidelity.whole(), Start.Continue.of(first));
    estimator.estimate(first);
    assertThat(kept.find(0)).isEmpty();
    assertThat(estimator.estimate(second))
        .isEqualTo(estimator.estimate(trial(CANDIDATE, Fidelity.whole())));
    assertThat(estimator.cost(second))
        .isEqualTo(estimator.cost(trial(CANDIDATE, Fidelity.whole())));
  }

  @Test
  void otherThanImagesHaveNoResolution() {
    double[] values = {1, 2, 3, 4};
    LabelledTable table =
        new LabelledTable(
            new Table(List.of(new Column.Numeric("a", values))), new Target.Values(values));
    TableData data = TableData.of(table, new int[] {0, 1}, new int[] {2, 3});
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new TrainingEstimator<>(
                backend,
                LowerResolutionTest::network,
                data,
                new Settings(recipe(), 1, Reduction.RESOLUTION),
                SEED))
        .withMessage(
            "estimator: the task takes in rows [1], a lower resolution wants images [H, W, C]");
  }

  /** Every trial is charged what it costs, and the race ends where the next cannot be paid. */
  @Test
  void hyperbandRunsOnItWithinItsBudget() {
    TrainingEstimator<Decision> estimator = estimator(Reduction.RESOLUTION);
    Objective accuracy = Objective.maximise(TrainingEstimator.ACCURACY);
    long budget = 40 * estimator.cost(trial(CANDIDATE, Fidelity.whole()));
    History<Decision> history =
        new BlackBoxStudy<>(
                SPACE,
                estimator,
                Objectives.of(accuracy),
                BlackBoxStudy.Settings.ofCost(budget, Repeats.CACHED))
            .run(new Hyperband<>(SPACE, accuracy, Bracket.hyperband(4, 2), 1));
    assertThat(history.end()).isEqualTo(History.End.SPENT);
    long spent = 0;
    for (History.Entry<Decision> entry : history.charged()) {
      Fidelity fidelity = entry.trial().fidelity();
      int side = Math.max(8, SIDE * fidelity.units() / fidelity.full());
      long each = macs(network(entry.trial().candidate()), side, side);
      assertThat(entry.outcome()).isInstanceOf(Outcome.Measured.class);
      spent += EPOCHS * IMAGES * each;
      assertThat(entry.finished()).isEqualTo(spent);
    }
    assertThat(spent).isLessThanOrEqualTo(budget);
    assertThat(history.charged().stream().map(entry -> entry.trial().fidelity().units()))
        .contains(1, 2, 4);
    assertThat(history.charged().stream().map(entry -> entry.trial().start()))
        .anyMatch(Start.Continue.class::isInstance);
  }

  /** Networks spread evenly over the space. Of 24, chance exceeds 0.35 not once in a hundred. */
  @Test
  void networksRankOnHalvedImagesMuchAsOnWholeOnes() {
    int count = 24;
    TrainingEstimator<Decision> estimator =
        estimator(images(SIDE, SIDE, 256, 256), 5, Reduction.RESOLUTION);
    double[] whole = new double[count];
    double[] half = new double[count];
    for (int i = 0; i < count; i++) {
      Decision candidate = SPACE.at(BigInteger.valueOf(i * 43L));
      whole[i] = accuracy(estimator, candidate, Fidelity.whole());
      half[i] = accuracy(estimator, candidate, HALF);
    }
    assertThat(RankCorrelation.kendall(half, whole).value()).isGreaterThan(0.35);
  }

  private static double accuracy(
      TrainingEstimator<Decision> estimator, Decision candidate, Fidelity fidelity) {
    return metric(estimator.estimate(trial(candidate, fidelity)), TrainingEstimator.ACCURACY);
  }
}
