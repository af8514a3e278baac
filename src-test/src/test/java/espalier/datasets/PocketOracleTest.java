package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.compose.Decision;
import espalier.core.io.DataException;
import espalier.core.oracle.Oracle;
import espalier.core.statistics.RankCorrelation;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.CurveTable;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in table is what training gives, and says enough to tell searches apart. */
final class PocketOracleTest {
  private static final int NETWORKS = 1024;

  /** The field that depends on the machine. */
  private static final String SECONDS = "seconds";

  private static Backend backend;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  /** A row as the table has it, in the order of its columns. */
  private static List<String> shipped(BenchmarkTable table, int row) {
    return table.columns().stream()
        .filter(column -> !column.equals(SECONDS))
        .map(column -> table.texts(column).get(row))
        .toList();
  }

  private static List<String> trained(BenchmarkTable table, String line) {
    List<String> fields = new ArrayList<>();
    int end = line.indexOf('"', 1);
    fields.add(line.substring(1, end));
    fields.addAll(List.of(line.substring(end + 2).split(",", -1)));
    fields.remove(table.columns().indexOf(SECONDS));
    return fields;
  }

  @Test
  void rowsAreWhatTrainingGives() {
    Oracle oracle = PocketOracle.making(() -> 0);
    BenchmarkTable table = PocketOracle.rows();
    assertThat(oracle.rows()).isEqualTo(3 * NETWORKS);
    assertThat(table.rows()).isEqualTo(oracle.rows());
    for (int row : new int[] {0, 555, table.rows() / 2 + 21, table.rows() - 1}) {
      assertThat(trained(table, oracle.row(backend, row))).isEqualTo(shipped(table, row));
    }
  }

  /** A file of which only a part was written is gone on with, its last line whole or not. */
  @Test
  void anInterruptedTableGoesOn() throws IOException {
    Oracle oracle = PocketOracle.making(() -> 0);
    Path file = folder.resolve("curves.csv");
    int[] trainings = new int[1];
    assertThat(
            oracle.write(
                file, backend, (done, all) -> trainings[0] = done, () -> trainings[0] == 2))
        .isFalse();
    List<String> whole = Files.readAllLines(file);
    assertThat(whole).hasSize(oracle.head().size() + 2);
    Files.writeString(file, "\"{channels: 6, ", StandardOpenOption.APPEND);
    assertThat(
            oracle.write(
                file, backend, (done, all) -> trainings[0] = done, () -> trainings[0] == 3))
        .isFalse();
    assertThat(Files.readAllLines(file)).startsWith(whole.toArray(new String[0])).hasSize(5);
    assertThat(Files.readAllLines(file).get(4)).isEqualTo(oracle.row(backend, 2));
    Files.writeString(file, "something else\n");
    assertThatThrownBy(() -> oracle.write(file, backend, (done, all) -> {}, () -> true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(":1: found 'something else', expected '# pocket oracle");
  }

  /** Networks differ more than trainings of one do, and the first epoch says only so much. */
  @Test
  void fidelityMattersAndNetworksDifferMoreThanSeeds() {
    CurveTable<Decision> table = PocketOracle.curves();
    List<Decision> networks = table.architectures();
    double[] means = networks.stream().mapToDouble(each -> table.mean(each, "test")).toArray();
    assertThat(table.seeds()).isEqualTo(PocketOracle.SEEDS);
    double within = 0;
    for (int i = 0; i < means.length; i++) {
      for (int seed = 0; seed < table.seeds(); seed++) {
        double off = table.value(networks.get(i), seed, "test", table.epochs()) - means[i];
        within += off * off / (means.length * (table.seeds() - 1.0));
      }
    }
    double centre = Arrays.stream(means).average().orElseThrow();
    double between =
        Arrays.stream(means).map(m -> (m - centre) * (m - centre)).sum() / (means.length - 1);
    assertThat(between).isGreaterThan(4 * within);
    double[] early =
        networks.stream().mapToDouble(each -> table.value(each, 0, "valid", 1)).toArray();
    double[] late =
        networks.stream()
            .mapToDouble(each -> table.value(each, 0, "valid", table.epochs()))
            .toArray();
    assertThat(RankCorrelation.kendall(early, means).value()).isBetween(0.2, 0.7);
    assertThat(RankCorrelation.kendall(late, means).value()).isGreaterThan(0.7);
  }
}
