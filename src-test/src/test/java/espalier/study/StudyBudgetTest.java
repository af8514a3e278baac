package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Augmentation;
import espalier.core.io.ImageSpec;
import espalier.core.io.JsonDocument;
import espalier.core.space.Cell;
import espalier.core.study.Budget;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStopped;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.SearchableCells;
import espalier.core.study.StudyListener;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.train.Adam;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget of steps is kept exactly; one of time becomes steps once, which are then kept. */
final class StudyBudgetTest {
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 4;
  private static final Duration LIMIT = Duration.ofSeconds(5);

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

  /** Counts the steps of both phases. */
  private static class Counter implements StudyListener {
    final List<String> begun = new ArrayList<>();
    final List<Long> searchSteps = new ArrayList<>();
    final List<Long> trainSteps = new ArrayList<>();
    final List<String> derived = new ArrayList<>();

    @Override
    public void begin(Phase phase, long steps, int stepsPerEpoch) {
      begun.add(phase + " " + steps + " " + stepsPerEpoch);
    }

    @Override
    public void step(Phase phase, long step, long steps, double... losses) {
      (phase == Phase.SEARCH ? searchSteps : trainSteps).add(step);
    }

    @Override
    public void derived(String architecture) {
      derived.add(architecture);
    }
  }

  /** Thrown where a process would be killed. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static SearchStudy<Cell> study(Budget search, Budget training, double rate) {
    Schedule schedule = new Schedule.Cosine(rate, 0);
    int images = BATCH * STEPS_PER_EPOCH;
    return new SearchStudy<>(
        new SearchableCells<>(ConnectedSpace.of(2)),
        new SearchMethod.Darts(
            new DifferentiableSearch.Settings(
                BATCH,
                Sgd.darts(),
                schedule,
                5,
                Adam.architecture(),
                0.05,
                BilevelSteps.Order.FIRST,
                Augmentation.none()),
            search),
        new GeneratedImages(new ImageSpec(16, 16, 1), 3).splits(images, images, 10),
        Integer.MAX_VALUE,
        Recipe.standard().withBatchSize(BATCH).with(Sgd.darts(), schedule),
        training,
        false,
        1,
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "200epochs, 800",
    "1epoch, 4",
    "5000steps, 5000",
    "1 step, 1",
  })
  void stepsAndEpochsAreStepsWithoutAClock(String text, long steps) {
    assertThat(Budget.steps(Budget.parse(text), STEPS_PER_EPOCH)).isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "10m, 600", "2h, 7200"})
  void timesAreTimes(String text, long seconds) {
    assertThat(Budget.parse(text)).isEqualTo(new Budget.Time(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0steps", "-1epochs", "ten steps", "1.5h", "5 days"})
  void whatIsNoBudgetIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Budget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found '" + text + "'")
        .hasMessageContaining("10epochs");
  }

  @Test
  void trialsAreNoBudgetOfATraining() {
    assertThatThrownBy(() -> Budget.steps(new Budget.Trials(3), STEPS_PER_EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "budget: found 3trials, which only searches have; expected epochs, steps or a time");
  }

  @Test
  void stepsAreCountedExactly() {
    Counter counter = new Counter();
    study(new Budget.Steps(5), new Budget.Epochs(2), 0.05)
        .run(backend, Optional.empty(), counter)
        .close();
    assertThat(counter.begun).containsExactly("SEARCH 5 4", "TRAIN 8 4");
    assertThat(counter.searchSteps).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(counter.trainSteps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void aTimeBecomesStepsThatAResumedRunKeeps() {
    Counter first =
        new Counter() {
          @Override
          public boolean isCancelled() {
            return searchSteps.size() >= 2;
          }
        };
    SearchStudy<Cell> study =
        study(new Budget.Time(Duration.ofMinutes(5)), new Budget.Steps(1), 0.05);
    Path path = folder.resolve("run");
    try (RunFolder run = RunFolder.create(path)) {
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), first))
          .isInstanceOfSatisfying(
              RunStopped.class,
              stopped -> assertThat(stopped.reason()).isEqualTo(RunStopped.Reason.CANCELLED));
    }
    Counter second =
        new Counter() {
          @Override
          public boolean isCancelled() {
            return searchSteps.size() >= 1;
          }
        };
    try (RunFolder run = RunFolder.resume(path)) {
      JsonDocument recorded = run.journal().entries("budget").getFirst();
      assertThat(recorded.string("budget")).isEqualTo("300s");
      assertThat(first.begun)
          .containsExactly("SEARCH " + recorded.longInteger("steps") + " " + STEPS_PER_EPOCH);
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), second))
          .isInstanceOf(RunStopped.class);
      assertThat(run.journal().entries("budget")).hasSize(1);
    }
    assertThat(second.begun).isEqualTo(first.begun);
  }

  /** The first run dawdles past the deadline; the second has all the time and stops there too. */
  @Test
  void whereADeadlineCutASearchAResumedRunCutsItToo() {
    Counter first =
        new Counter() {
          @Override
          public void step(Phase phase, long step, long steps, double... losses) {
            super.step(phase, step, steps, losses);
            try {
              Thread.sleep(step == STEPS_PER_EPOCH + 1 ? LIMIT : Duration.ZERO);
            } catch (InterruptedException stopped) {
              throw new AssertionError(stopped);
            }
          }

          @Override
          public void begin(Phase phase, long steps, int stepsPerEpoch) {
            if (phase == Phase.TRAIN) {
              throw new Killed();
            }
          }
        };
    SearchStudy<Cell> study = study(new Budget.Time(LIMIT), new Budget.Steps(2), 0.05);
    Path path = folder.resolve("run");
    try (RunFolder run = RunFolder.create(path)) {
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), first))
          .isInstanceOf(Killed.class);
    }
    Counter second = new Counter();
    try (RunFolder run = RunFolder.resume(path)) {
      JsonDocument cut = run.journal().entries("deadline").getFirst();
      assertThat(cut.longInteger("step")).isEqualTo(first.searchSteps.getLast());
      study.run(backend, Optional.of(run), second).close();
      assertThat(run.journal().entries("deadline")).hasSize(1);
      assertThat(second.searchSteps.getLast()).isEqualTo(cut.longInteger("step"));
    }
    assertThat(second.derived).isEqualTo(first.derived);
    assertThat(second.trainSteps).containsExactly(1L, 2L);
  }

  @Test
  void aSearchThatDivergesStopsTheRunAndSaysSo() {
    assertThatThrownBy(() ->
            study(new Budget.Steps(50), new Budget.Steps(1), 1e38)
                .run(backend, Optional.empty(), StudyListener.none()))
        .isInstanceOfSatisfying(
            RunStopped.class,
            stopped -> assertThat(stopped.reason()).isEqualTo(RunStopped.Reason.DIVERGED))
        .hasMessageContaining("search: the loss is no longer a number at step")
        .hasMessageContaining("a smaller learning rate may help");
  }
}
