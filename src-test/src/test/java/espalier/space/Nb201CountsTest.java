package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.space.Cell;
import espalier.core.space.Nb201Operation;
import espalier.core.space.Nb201Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All 15,625 networks of NAS-Bench-201 have the sizes the benchmark states. */
final class Nb201CountsTest {
  private static final Path TABLE = Path.of("../../shared/data/nas/nb201.csv");
  private static final Nb201Space SPACE = Nb201Space.standard();

  @Test
  void networksHaveTheCountsOfTheClosedForm() {
    // A step prime to 5 meets every operation on every edge.
    for (int index = 0; index < SPACE.count(); index += 7) {
      Cell cell = SPACE.at(index);
      long n3 = edges(cell, Nb201Operation.NOR_CONV_3X3);
      long n1 = edges(cell, Nb201Operation.NOR_CONV_1X1);
      assertThat(counts(cell))
          .as(SPACE.print(cell))
          .isEqualTo(
              new Counts(
                  73_306 + 243_040 * n3 + 28_000 * n1,
                  7_783_040 + 35_389_440 * n3 + 3_932_160 * n1));
    }
  }

  @Test
  @Tag("shared-data")
  void everyRowOfTheTableHasItsIndexItsParametersAndItsMultiplyAccumulates() throws IOException {
    Assumptions.assumeTrue(Files.exists(TABLE), "needs the table of NAS-Bench-201");
    List<String> rows = Files.readAllLines(TABLE);
    assertThat(rows).hasSize(1 + 15_625);
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split(",", -1);
      Cell cell = SPACE.parse(fields[1]);
      assertThat(SPACE.indexOf(cell)).as(row).isEqualTo(Integer.parseInt(fields[0]));
      assertThat(SPACE.print(SPACE.at(Integer.parseInt(fields[0])))).isEqualTo(fields[1]);
      // The benchmark counts the classifier's additions of its bias too.
      assertThat(counts(cell))
          .as(row)
          .isEqualTo(new Counts(Long.parseLong(fields[3]), Long.parseLong(fields[4]) - 10));
    }
  }

  private static Counts counts(Cell cell) {
    return Counts.of(SPACE.model(cell, 10), 32, 32, 3);
  }

  private static long edges(Cell cell, Nb201Operation operation) {
    return cell.nodes().stream()
        .flatMap(List::stream)
        .filter(edge -> edge.operation() == operation)
        .count();
  }
}
