package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.catalog.PocketSpace;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.CurveTable;
import espalier.datasets.PocketOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is made in pieces. */
final class OracleCommandTest {
  @TempDir Path folder;

  @Test
  void aTableIsMadeInPiecesAndItsRowsAreThoseThatAreBuiltIn() throws IOException {
    Path file = folder.resolve("curves.csv");
    int rows = 0;
    for (int piece = 1; piece <= 2; piece++) {
      Commands.Ended ended = Commands.run("oracle", "--out=" + file, "--budget=1s", "--threads=1");
      assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE.code());
      assertThat(ended.out()).contains("is not complete; run it again to go on");
      BenchmarkTable table = BenchmarkTable.read(file);
      assertThat(table.rows()).isGreaterThan(rows);
      rows = table.rows();
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst()).startsWith("# pocket oracle, version 1");
    BenchmarkTable made = BenchmarkTable.read(file);
    BenchmarkTable shipped = PocketOracle.rows();
    assertThat(made.columns()).isEqualTo(shipped.columns());
    for (String column : made.columns()) {
      if (!column.equals("seconds")) {
        assertThat(made.texts(column)).isEqualTo(shipped.texts(column).subList(0, rows));
      }
    }
    assertThat(CurveTable.of(PocketSpace.standard(), made).seeds()).isEqualTo(1);
  }

  @Test
  void aBudgetThatIsNoTimeIsRefused() {
    Commands.Ended ended = Commands.run("oracle", "--out=x", "--budget=5epochs");
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.err()).contains("--budget: found '5epochs', expected a time");
  }
}
