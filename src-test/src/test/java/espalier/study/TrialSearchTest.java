package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Augmentation;
import espalier.core.data.Splits;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.io.ImageSpec;
import espalier.core.io.JsonDocument;
import espalier.core.nn.CrossEntropy;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.space.Cell;
import espalier.core.strategy.Strategies;
import espalier.core.study.Budget;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStopped;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.SearchableCells;
import espalier.core.study.StudyListener;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Strategies search by real training. */
final class TrialSearchTest {
  private static final ConnectedSpace SPACE = ConnectedSpace.of(2);
  private static final Splits SPLITS =
      new GeneratedImages(new ImageSpec(16, 16, 1), 3).splits(32, 32, 20);
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 4;
  private static final int TRIALS = 5;
  private static final int EARLY_EPOCHS = 3;

  private static Backend backend;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  static Stream<String> strategies() {
    return Strategies.ofCells(SPACE).keySet().stream();
  }

  private static SearchStudy<Cell> study(String strategy, Objectives objectives) {
    Recipe recipe =
        new Recipe(
            BATCH,
            Sgd.darts(),
            new Schedule.Cosine(0.05, 0),
            5,
            CrossEntropy.plain(),
            0,
            0,
            Augmentation.none(),
            0);
    return new SearchStudy<>(
        new SearchableCells<>(SPACE),
        new SearchMethod.BlackBox(
            strategy,
            new TrainingEstimator.Settings(recipe, 1, Reduction.STEPS),
            objectives,
            new Budget.Epochs(TRIALS)),
        SPLITS,
        Integer.MAX_VALUE,
        recipe,
        new Budget.Steps(2),
        false,
        1,
        List.of());
  }

  private static Objectives accuracy() {
    return Objectives.of(Objective.maximise(TrainingEstimator.ACCURACY));
  }

  /** Notes the trials, and stops the run once there were so many. */
  private static final class Witness implements StudyListener {
    private final int most;
    private final List<String> architectures = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private long lastStep;
    private long steps;

    Witness(int most) {
      this.most = most;
    }

    @Override
    public void begin(Phase phase, long all, int stepsPerEpoch) {
      steps = phase == Phase.SEARCH ? all : steps;
    }

    @Override
    public void step(Phase phase, long step, long all, double... losses) {
      lastStep = phase == Phase.SEARCH ? step : lastStep;
    }

    @Override
    public void trial(long trial, long trials, String architecture, Outcome outcome) {
      architectures.add(architecture);
      outcomes.add(outcome);
      assertThat(trial).isEqualTo(architectures.size());
      assertThat(trials).isEqualTo(TRIALS);
    }

    @Override
    public boolean isCancelled() {
      return architectures.size() >= most;
    }

    double best() {
      return outcomes.stream()
          .map(outcome -> ((Outcome.Measured) outcome).metrics())
          .mapToDouble(metrics -> metrics.find(TrainingEstimator.ACCURACY).orElseThrow())
          .max()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyStrategyTrainsItsTrialsAndTakesTheBest(String strategy) {
    Witness witness = new Witness(Integer.MAX_VALUE);
    try (var result = study(strategy, accuracy()).run(backend, Optional.empty(), witness)) {
      assertThat(witness.architectures).hasSize(TRIALS);
      assertThat(witness.lastStep).isEqualTo(witness.steps).isEqualTo(TRIALS * STEPS_PER_EPOCH);
      assertThat(result.searchValidAccuracy()).hasValue(witness.best());
      assertThat(witness.architectures).contains(result.notation());
    }
  }

  @Test
  void aSearchThatWasStoppedGoesOnAsIfItHadNot() {
    SearchStudy<Cell> study = study("re", accuracy());
    Witness whole = new Witness(Integer.MAX_VALUE);
    String found;
    try (var result = study.run(backend, Optional.empty(), whole)) {
      found = result.notation();
    }
    try (RunFolder run = RunFolder.create(folder.resolve("run"))) {
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), new Witness(2)))
          .isInstanceOf(RunStopped.class)
          .hasMessage("search: stopped at step 8");
    }
    Witness second = new Witness(Integer.MAX_VALUE);
    try (RunFolder run = RunFolder.resume(folder.resolve("run"))) {
      study.run(backend, Optional.of(run), second).close();
      assertThat(run.journal().entries("trial")).hasSize(TRIALS);
    }
    assertThat(second.architectures).isEqualTo(whole.architectures);
    assertThat(second.outcomes).isEqualTo(whole.outcomes);
    assertThat(JsonDocument.read(folder.resolve("run").resolve("result.json")).string("genotype"))
        .isEqualTo(found);
  }

  /** Longer trials, so that a ninth of one is a step at least. */
  private static SearchStudy<Cell> early(String strategy) {
    SearchStudy<Cell> whole = study(strategy, accuracy());
    SearchMethod.BlackBox method = (SearchMethod.BlackBox) whole.method();
    TrainingEstimator.Settings longer =
        new TrainingEstimator.Settings(method.estimator().recipe(), EARLY_EPOCHS, Reduction.STEPS);
    return new SearchStudy<>(
        new SearchableCells<>(SPACE),
        new SearchMethod.BlackBox(
            strategy, longer, accuracy(), new Budget.Epochs(TRIALS * EARLY_EPOCHS)),
        SPLITS,
        Integer.MAX_VALUE,
        whole.recipe(),
        new Budget.Steps(2),
        false,
        1,
        List.of());
  }

  static Stream<String> earlyStopping() {
    return Strategies.ofFidelities(SPACE, 9).keySet().stream();
  }

  /** What several racing strategies do: train a little, go on with some, spend what there is. */
  @ParameterizedTest
  @MethodSource("earlyStopping")
  void aSearchThatStopsTrainingsSpendsNoMoreStepsThanItHas(String strategy) throws IOException {
    long budget = (long) TRIALS * EARLY_EPOCHS * STEPS_PER_EPOCH;
    Counter alone = new Counter(Integer.MAX_VALUE);
    String found;
    try (var result = early(strategy).run(backend, Optional.empty(), alone)) {
      found = result.notation();
    }
    assertThat(alone.lastStep).isLessThanOrEqualTo(budget).isGreaterThan(budget - 9 * EARLY_EPOCHS);
    assertThat(alone.outcomes.size()).isGreaterThan(TRIALS);
    Path path = folder.resolve(strategy);
    for (int stop : new int[] {3, 11}) {
      Counter first = new Counter(stop);
      try (RunFolder run = stop == 3 ? RunFolder.create(path) : RunFolder.resume(path)) {
        assertThatThrownBy(() -> early(strategy).run(backend, Optional.of(run), first))
            .isInstanceOf(RunStopped.class);
      }
      assertThat(trainings(path)).isNotEmpty();
    }
    // A training that is lost is done again, and nothing comes out otherwise.
    Files.delete(trainings(path).getFirst());
    Counter rest = new Counter(Integer.MAX_VALUE);
    try (RunFolder run = RunFolder.resume(path)) {
      early(strategy).run(backend, Optional.of(run), rest).close();
    }
    assertThat(rest.outcomes).isEqualTo(alone.outcomes);
    assertThat(rest.lastStep).isEqualTo(alone.lastStep);
    assertThat(trainings(path)).isEmpty();
    assertThat(JsonDocument.read(path.resolve("result.json")).string("genotype")).isEqualTo(found);
  }

  private static List<Path> trainings(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("trial-"))
          .sorted()
          .toList();
    }
  }

  /** Notes outcomes and steps, and stops the run once there were so many outcomes. */
  private static final class Counter implements StudyListener {
    private final int most;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long lastStep;

    Counter(int most) {
      this.most = most;
    }

    @Override
    public void step(Phase phase, long step, long all, double... losses) {
      lastStep = phase == Phase.SEARCH ? step : lastStep;
    }

    @Override
    public void trial(long trial, long trials, String architecture, Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public boolean isCancelled() {
      return outcomes.size() >= most;
    }
  }

  @Test
  void nothingAboveALimitIsTrained() {
    double limit = 3000;
    Objectives objectives =
        Objectives.of(
            Objective.maximise(TrainingEstimator.ACCURACY),
            Objective.minimise(TrainingEstimator.PARAMETERS).within(limit));
    Witness witness = new Witness(Integer.MAX_VALUE);
    study("re", objectives).run(backend, Optional.empty(), witness).close();
    assertThat(witness.outcomes)
        .hasSize(TRIALS)
        .allSatisfy(outcome -> {
          Metrics metrics = ((Outcome.Measured) outcome).metrics();
          assertThat(metrics.find(TrainingEstimator.PARAMETERS).orElseThrow())
              .isLessThanOrEqualTo(limit);
        });
  }

  @Test
  void aLimitBelowTheSmallestNetworkIsRefusedAtOnce() {
    Objectives objectives =
        Objectives.of(
            Objective.maximise(TrainingEstimator.ACCURACY),
            Objective.minimise(TrainingEstimator.PARAMETERS).within(100));
    assertThatThrownBy(
            () -> study("random", objectives).run(backend, Optional.empty(), StudyListener.none()))
        .isInstanceOf(RunStopped.class)
        .hasMessageMatching(
            "search: no network of the space has fewer params than \\d+, and the limit is 100;"
                + " allow more");
  }
}
