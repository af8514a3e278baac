package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Space;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.TableEstimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are read whole or refused in one sentence. */
final class BenchmarkTableTest {
  private static final String SKIP =
      "|skip_connect~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|";
  private static final String NONE = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
  private static final Nb201Space SPACE = Nb201Space.standard();

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("table.csv"), List.of(lines));
  }

  private void assertRefused(String sentence, String... lines) throws IOException {
    Path file = file(lines);
    assertThatThrownBy(() -> BenchmarkTable.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + sentence);
  }

  @Test
  void columnsAreNumbersOrTexts() throws IOException {
    BenchmarkTable table = BenchmarkTable.read(file("arch,accuracy", "a,1.5", "b,-2e3"));
    assertThat(table.columns()).containsExactly("arch", "accuracy");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.texts("arch")).containsExactly("a", "b");
    assertThat(table.numbers("accuracy")).containsExactly(1.5, -2000);
  }

  @Test
  void aDamagedTableIsRefused() throws IOException {
    assertRefused(": the table is empty, expected a line of column names");
    assertRefused(": the table has no rows", "arch,accuracy");
    assertRefused(":3: 3 fields, expected 2, one for each column", "arch,accuracy", "a,1", "b,2,3");
    assertRefused(":1: columns [a, a], expected each to have a name of its own", "a,a", "1,2");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> BenchmarkTable.read(missing))
        .isInstanceOf(DataException.class)
        .hasMessage(missing + ": there is no such table");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = Files.write(folder.resolve("binary"), new byte[] {'a', (byte) 0xC3, '\n', 'b'});
    assertThatThrownBy(() -> BenchmarkTable.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": not a table, it holds no UTF-8 text");
  }

  @Test
  void anUnknownColumnIsAnsweredWithTheNearest() throws IOException {
    Path file = file("arch,accuracy", "a,1");
    assertThatThrownBy(() -> BenchmarkTable.read(file).numbers("acuracy"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: there is no column 'acuracy', did you mean 'accuracy'? It has arch, accuracy"
                .formatted(file));
  }

  @Test
  void aFieldThatIsNoNumberIsShown() throws IOException {
    for (String field : List.of("x", "", "NaN", "1e999")) {
      Path file = file("arch,accuracy", "a,1", "b," + field);
      assertThatThrownBy(() -> BenchmarkTable.read(file).numbers("accuracy"))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "%s:3: column 'accuracy' holds '%s', expected a finite number"
                  .formatted(file, field));
    }
  }

  @Test
  void anEstimatorLooksCellsUp() throws IOException {
    BenchmarkTable table =
        BenchmarkTable.read(file("arch,accuracy,params", NONE + ",10,5", SKIP + ",60,7"));
    TableEstimator<Cell> estimator =
        TableEstimator.of(SPACE, table, List.of("accuracy", "params"), Set.of("params"));
    Cell cell = SPACE.parse(SKIP);
    assertThat(estimator.estimate(new Trial<>(0, cell, Fidelity.whole(), new Start.Fresh())))
        .isEqualTo(new Outcome.Measured(Metrics.of(List.of("accuracy", "params"), 60, 7)));
    assertThat(estimator.known(cell)).isEqualTo(Metrics.of("params", 7));
    assertThat(estimator.range("accuracy").orElseThrow().greatest()).isEqualTo(60);
    assertThatThrownBy(() -> estimator.row(SPACE.at(0)))
        .isInstanceOf(DataException.class)
        .hasMessage(table.name() + ": the table has no row for " + SPACE.print(SPACE.at(0)));
    assertThat(estimator.range("loss")).isEmpty();
  }

  @Test
  void anArchitectureThatIsMalformedOrThereTwiceIsRefused() throws IOException {
    BenchmarkTable twice = BenchmarkTable.read(file("arch,a", NONE + ",1", NONE + ",2"));
    assertThatThrownBy(() -> TableEstimator.of(SPACE, twice, List.of("a"), Set.of()))
        .hasMessage(twice.name() + ":3: the architecture " + NONE + " is there twice");
    BenchmarkTable bad = BenchmarkTable.read(file("arch,a", "|none~0|,1"));
    assertThatThrownBy(() -> TableEstimator.of(SPACE, bad, List.of("a"), Set.of()))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(bad.name() + ":2: architecture: ");
  }

  @Test
  @Tag("shared-data")
  void theWholeTableOfNasBench201IsRead() {
    BenchmarkTable table = Nb201Table.read();
    assertThat(table.rows()).isEqualTo(SPACE.count());
    TableEstimator<Cell> estimator = TableEstimator.of(SPACE, table, List.of("c10_test"), Set.of());
    assertThat(SPACE.all()).allMatch(cell -> estimator.row(cell) == SPACE.indexOf(cell));
  }
}
