package espalier.search;

import espalier.core.table.BenchmarkTable;
import espalier.datasets.SharedData;
import java.nio.file.Path;
import java.util.Optional;

/** The table of NAS-Bench-201 in {@code shared/data} beside the project, if it is there. */
final class Nb201Table {
  private static Optional<BenchmarkTable> table = Optional.empty();

  private Nb201Table() {}

  /** Where it lies; without it the calling test counts as not run. */
  static Path path() {
    return SharedData.folder("nas").resolve("nb201.csv");
  }

  /** The table, read once. */
  static synchronized BenchmarkTable read() {
    BenchmarkTable known = table.orElseGet(() -> BenchmarkTable.read(path()));
    table = Optional.of(known);
    return known;
  }
}
