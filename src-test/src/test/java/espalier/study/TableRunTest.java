package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.Column;
import espalier.core.io.DataException;
import espalier.core.io.JsonDocument;
import espalier.core.io.Table;
import espalier.core.nn.Classification;
import espalier.core.nn.TableModel;
import espalier.core.random.Philox;
import espalier.core.search.Outcome;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStopped;
import espalier.core.study.StudyListener;
import espalier.core.study.TableStudy;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of a table in a folder: stopped and resumed, and measured on a table of its own. */
final class TableRunTest {
  private static final int FOLDS = 2;
  private static final int TRIALS = 3;
  private static final int EPOCHS = 3;

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

  /** Rows whose kind follows from two numbers and a colour. */
  private static LabelledTable kinds(int rows, long seed) {
    Table features = features(rows, seed);
    double[] width = ((Column.Numeric) features.column("width")).values();
    double[] height = ((Column.Numeric) features.column("height")).values();
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = width[row] > height[row] ? 1 : 0;
    }
    return new LabelledTable(features, new Target.Classes(List.of("high", "wide"), labels));
  }

  private static LabelledTable areas(int rows, long seed) {
    Table features = features(rows, seed);
    double[] width = ((Column.Numeric) features.column("width")).values();
    double[] height = ((Column.Numeric) features.column("height")).values();
    double[] areas = new double[rows];
    for (int row = 0; row < rows; row++) {
      areas[row] = width[row] * height[row];
    }
    return new LabelledTable(features, new Target.Values(areas));
  }

  private static Table features(int rows, long seed) {
    Philox random = Philox.of(seed, "rectangles");
    double[] width = new double[rows];
    double[] height = new double[rows];
    List<String> colours = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      width[row] = 1 + random.uniformDouble(row);
      height[row] = 1 + random.step(1).uniformDouble(row);
      // One in many rows has a colour that few tables of this size have.
      colours.add(random.step(2).below(row, 20) == 0 ? "colour " + seed : "red");
    }
    return new Table(
        List.of(
            new Column.Numeric("width", width),
            new Column.Numeric("height", height),
            new Column.Categorical("colour", colours)));
  }

  private static TableStudy study(
      LabelledTable table, Optional<LabelledTable> test, int folds, String strategy) {
    return new TableStudy(table, test, folds, strategy, TRIALS, EPOCHS, 1, List.of());
  }

  private static TableStudy study(String strategy) {
    return study(kinds(60, 1), Optional.of(kinds(40, 2)), FOLDS, strategy);
  }

  /** Notes what it hears, and stops the run once there were so many steps or notes. */
  private static final class Witness implements StudyListener {
    private final long most;
    private final int mostNotes;
    private long steps;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Witness(long most) {
      this(most, Integer.MAX_VALUE);
    }

    Witness(long most, int mostNotes) {
      this.most = most;
      this.mostNotes = mostNotes;
    }

    @Override
    public void step(Phase phase, long step, long all, double... losses) {
      steps++;
      assertThat(step).isBetween(0L, all);
    }

    @Override
    public void trial(long trial, long trials, String architecture, Outcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }

    @Override
    public boolean isCancelled() {
      return steps >= most || notes.size() >= mostNotes;
    }
  }

  private Witness whole(TableStudy study, Path path) {
    Witness witness = new Witness(Long.MAX_VALUE);
    try (RunFolder run = RunFolder.create(path)) {
      study.run(backend, Optional.of(run), witness).close();
    }
    return witness;
  }

  private static Witness cut(TableStudy study, Path path, Witness witness) {
    try (RunFolder run = Files.exists(path) ? RunFolder.resume(path) : RunFolder.create(path)) {
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), witness))
          .isInstanceOf(RunStopped.class)
          .hasMessageContaining("stopped at step");
    }
    return witness;
  }

  private static Witness rest(TableStudy study, Path path) {
    Witness witness = new Witness(Long.MAX_VALUE);
    try (RunFolder run = RunFolder.resume(path)) {
      study.run(backend, Optional.of(run), witness).close();
    }
    return witness;
  }

  private static void assertSame(Path one, Path other) throws IOException {
    for (String name : List.of("result.json", "model.json", "model.safetensors")) {
      assertThat(other.resolve(name)).as(name).hasSameBinaryContentAs(one.resolve(name));
    }
    try (Stream<Path> files = Files.list(other)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(
              "result.json", "model.json", "model.safetensors", "run.journal");
    }
  }

  /** Anywhere: within a trial, between trials, within a training, in a fold and after all. */
  @ParameterizedTest
  @ValueSource(strings = {"tpe", "hyperband", "pbt"})
  void stoppedTwiceItEndsWithTheSameBytes(String strategy) throws IOException {
    TableStudy study = study(strategy);
    long steps = whole(study, folder.resolve("whole")).steps;
    for (long first : new long[] {1, steps / 4, steps / 2, steps - 2}) {
      Path path = folder.resolve("stopped " + first);
      long done = cut(study, path, new Witness(first)).steps;
      cut(study, path, new Witness(Math.max(1, (steps - done) / 2)));
      rest(study, path);
      assertSame(folder.resolve("whole"), path);
    }
  }

  @Test
  void aFoldThatIsDoneIsNotSearchedAgain() {
    TableStudy study = study("re");
    Path path = folder.resolve("run");
    Witness whole = whole(study, folder.resolve("whole"));
    Witness first = cut(study, path, new Witness(Long.MAX_VALUE, 1));
    Witness rest = rest(study, path);
    assertThat(whole.notes).hasSize(FOLDS);
    assertThat(rest.notes).isEqualTo(whole.notes.subList(1, FOLDS));
    assertThat(rest.outcomes).isEqualTo(whole.outcomes.subList(TRIALS, whole.outcomes.size()));
    assertThat(first.steps + rest.steps).isEqualTo(whole.steps);
    try (RunFolder run = RunFolder.resume(path)) {
      Set<String> trials = new HashSet<>();
      for (JsonDocument entry : run.journal().entries("trial")) {
        trials.add(entry.string("phase") + entry.longInteger("trial"));
      }
      assertThat(trials).hasSize((FOLDS + 1) * TRIALS);
      assertThat(run.journal().entries("trial")).hasSize((FOLDS + 1) * TRIALS);
      assertThat(run.journal().entries("fold")).hasSize(FOLDS);
    }
  }

  /** It says nothing of its candidate, whom it would otherwise be held against for good. */
  @Test
  void aTrialThatIsStoppedInItsMiddleIsNotTakenForAFailure() {
    TableStudy study = study("random");
    Path path = folder.resolve("run");
    cut(study, path, new Witness(2));
    try (RunFolder run = RunFolder.resume(path)) {
      assertThat(run.journal().entries("trial")).isEmpty();
    }
    assertThat(rest(study, path).outcomes)
        .hasSize((FOLDS + 1) * TRIALS)
        .allMatch(outcome -> outcome instanceof Outcome.Measured);
  }

  @Test
  void theModelIsMeasuredOnTheTestRowsAsItTellsThemWhenItIsLoaded() throws IOException {
    LabelledTable test = kinds(40, 2);
    Path path = folder.resolve("kinds");
    whole(study(kinds(60, 1), Optional.of(test), 0, "random"), path);
    int[] labels = ((Target.Classes) test.target()).labels();
    try (TableModel model = TableModel.load(path, backend)) {
      List<Classification> told = model.classify(test.features());
      int right = 0;
      for (int row = 0; row < labels.length; row++) {
        right += told.get(row).label().equals(labels[row] == 0 ? "high" : "wide") ? 1 : 0;
      }
      JsonDocument result = JsonDocument.read(path.resolve("result.json"));
      assertThat(result.real("testAccuracy")).isEqualTo((double) right / labels.length);
      assertThat(result.names()).doesNotContain("accuracy", "eachAccuracy");
    }
  }

  @Test
  void aRegressionIsMeasuredOnTheTestRowsInTheTargetsUnit() {
    LabelledTable test = areas(40, 2);
    Path path = folder.resolve("areas");
    whole(study(areas(60, 1), Optional.of(test), FOLDS, "random"), path);
    double[] wanted = ((Target.Values) test.target()).values();
    try (TableModel model = TableModel.load(path, backend)) {
      double[] told = model.amounts(test.features());
      double squares = 0;
      for (int row = 0; row < wanted.length; row++) {
        squares += (told[row] - wanted[row]) * (told[row] - wanted[row]);
      }
      JsonDocument result = JsonDocument.read(path.resolve("result.json"));
      // Targets are measured as float32 of a deviation near 1: some 1e-7 of values up to 4.
      assertThat(result.real("testMse")).isCloseTo(squares / wanted.length, within(1e-5));
      assertThat(result.real("mse")).isPositive();
    }
  }

  @Test
  void rowsToTestOnChangeNothingElse() throws IOException {
    Path with = folder.resolve("with");
    Path without = folder.resolve("without");
    whole(study("random"), with);
    whole(study(kinds(60, 1), Optional.empty(), FOLDS, "random"), without);
    assertThat(with.resolve("model.safetensors"))
        .hasSameBinaryContentAs(without.resolve("model.safetensors"));
    assertThat(JsonDocument.read(with.resolve("result.json")).reals("eachAccuracy"))
        .isEqualTo(JsonDocument.read(without.resolve("result.json")).reals("eachAccuracy"));
  }

  static Stream<String> strategies() {
    return TableStudy.strategies().stream();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void everyStrategySpendsWhatItsTrialsCostAndNoMore(String strategy) {
    Witness witness =
        whole(study(kinds(60, 1), Optional.empty(), 0, strategy), folder.resolve("run"));
    assertThat(witness.outcomes).hasSizeGreaterThanOrEqualTo(TRIALS);
    assertThat(witness.outcomes).allMatch(outcome -> outcome instanceof Outcome.Measured);
    Set<String> races = Set.of("sh", "hyperband", "asha", "bohb", "pbt");
    if (!races.contains(strategy)) {
      assertThat(witness.outcomes).hasSize(TRIALS);
    }
  }

  @Test
  void whatCouldNotBeMeasuredInTheEndIsRefusedAtTheBeginning() {
    LabelledTable table = kinds(60, 1);
    Table features = table.features();
    LabelledTable narrow = new LabelledTable(features.without("colour"), table.target());
    assertThatThrownBy(() -> study(table, Optional.of(narrow), 0, "re"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no column 'colour'");
    LabelledTable others =
        new LabelledTable(features, new Target.Classes(List.of("a", "b"), new int[60]));
    assertThatThrownBy(() -> study(table, Optional.of(others), 0, "re"))
        .hasMessageStartingWith("test: its target is not that of the table to learn from");
    assertThatThrownBy(() -> study(areas(60, 1), Optional.of(table), 0, "re"))
        .hasMessageStartingWith("test: its target is not that of the table to learn from");
    LabelledTable alike = new LabelledTable(features, new Target.Values(new double[60]));
    assertThatThrownBy(() -> study(areas(60, 1), Optional.of(alike), 0, "re"))
        .hasMessage(
            "test: all of its 60 targets are alike, expected two values or more to measure R² on");
    assertThatThrownBy(() -> study(areas(20, 1), Optional.empty(), 20, "re"))
        .hasMessageStartingWith("fold: all of its 1 targets are alike");
    assertThatThrownBy(() -> study(table, Optional.empty(), 0, "bananas"))
        .hasMessageStartingWith("strategy: unknown 'bananas', expected one of ");
  }
}
