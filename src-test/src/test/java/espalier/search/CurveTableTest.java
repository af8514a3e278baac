package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.catalog.PocketSpace;
import espalier.core.compose.Decision;
import espalier.core.io.DataException;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.CurveEstimator;
import espalier.core.table.CurveTable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that were done before answer as they went, each for itself. */
final class CurveTableTest {
  private static final SearchSpace<Decision> SPACE = PocketSpace.standard();
  private static final Decision FIRST = PocketSpace.standard().at(BigInteger.ZERO);
  private static final Decision SECOND = PocketSpace.standard().at(BigInteger.ONE);

  @TempDir Path folder;

  private static String row(Decision architecture, int seed, double... valid) {
    StringBuilder row = new StringBuilder("\"" + SPACE.print(architecture) + "\"," + seed + ",7");
    for (double value : valid) {
      row.append(',').append(value);
    }
    return row.toString();
  }

  private CurveTable<Decision> table(String... rows) throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("# made up", "arch,seed,params,valid_e1,valid_e2"));
    lines.addAll(List.of(rows));
    return CurveTable.of(
        SPACE, BenchmarkTable.read(Files.write(folder.resolve("curves.csv"), lines)));
  }

  private CurveTable<Decision> small() throws IOException {
    return table(
        row(FIRST, 0, 0.1, 0.2),
        row(SECOND, 0, 0.3, 0.4),
        row(FIRST, 1, 0.5, 0.6),
        row(SECOND, 1, 0.7, 0.9));
  }

  @Test
  void aTableHoldsEachTraining() throws IOException {
    CurveTable<Decision> table = small();
    assertThat(table.architectures()).containsExactly(FIRST, SECOND);
    assertThat(table.epochs()).isEqualTo(2);
    assertThat(table.seeds()).isEqualTo(2);
    assertThat(table.curve(FIRST, 1, "valid", 2)).containsExactly(0.5, 0.6);
    assertThat(table.mean(SECOND, "valid")).isCloseTo(0.65, within(1e-12));
    assertThat(table.constants("params")).containsEntry(FIRST, 7.0);
  }

  @Test
  void aTableWithHolesIsRefused() {
    assertThatThrownBy(() -> table(row(FIRST, 0, 0.1, 0.2), row(SECOND, 1, 0.1, 0.2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not there for each of the seeds [0, 1]");
    assertThatThrownBy(() -> small().value(FIRST, 0, "test", 1))
        .hasMessageContaining("there is no curve 'test' of 2 epochs; it has valid");
  }

  /** A trial that goes on stays with the training it began, and pays what is added. */
  @Test
  void aContinuedTrialStaysWithItsTraining() throws IOException {
    CurveEstimator<Decision> estimator =
        new CurveEstimator<>(small(), List.of("valid"), List.of("params"), 3);
    int[] drawn = new int[2];
    for (long number = 0; number < 200; number++) {
      Trial<Decision> half = new Trial<>(number, FIRST, new Fidelity(1, 2), new Start.Fresh());
      Trial<Decision> rest =
          new Trial<>(1000 + number, FIRST, new Fidelity(2, 2), Start.Continue.of(half));
      Trial<Decision> again =
          new Trial<>(2000 + number, FIRST, new Fidelity(2, 2), Start.Continue.of(rest));
      assertThat(estimator.cost(half)).isEqualTo(1);
      assertThat(estimator.cost(rest)).isEqualTo(1);
      assertThat(estimator.cost(new Trial<>(0, FIRST, Fidelity.whole(), new Start.Fresh())))
          .isEqualTo(2);
      boolean isFirst = valid(estimator.estimate(half)) == 0.1;
      drawn[isFirst ? 0 : 1]++;
      assertThat(valid(estimator.estimate(rest))).isEqualTo(isFirst ? 0.2 : 0.6);
      assertThat(valid(estimator.estimate(again))).isEqualTo(isFirst ? 0.2 : 0.6);
    }
    // 200 draws of one in two: mean 100, deviation √50.
    assertThat((double) drawn[0]).isCloseTo(100, within(4 * Math.sqrt(50)));
    assertThat(estimator.known(SECOND)).isEqualTo(Metrics.of("params", 7));
  }

  private static double valid(Outcome outcome) {
    return ((Outcome.Measured) outcome).metrics().find("valid").orElseThrow();
  }
}
