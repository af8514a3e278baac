package espalier.space;

import espalier.datasets.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A table of NAS-Bench-201 beside the project, one row for each index from 0. */
public final class Nb201Table {
  private final List<String> names;
  private final List<String[]> rows = new ArrayList<>();

  private Nb201Table(List<String> lines) {
    names = List.of(lines.getFirst().split(",", -1));
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      if (row.length != names.size() || Integer.parseInt(row[0]) != rows.size()) {
        throw new AssertionError("row %d of the table is '%s'".formatted(rows.size(), line));
      }
      rows.add(row);
    }
    if (rows.size() != 15_625) {
      throw new AssertionError("the table has %d rows, expected 15625".formatted(rows.size()));
    }
  }

  /** The benchmark's table; without it the calling test counts as not run. */
  public static Nb201Table benchmark() {
    return read("nb201.csv");
  }

  /** Latencies on four devices. */
  public static Nb201Table latencies() {
    return read("nb201_latency_ms.csv");
  }

  private static Nb201Table read(String name) {
    try {
      return new Nb201Table(Files.readAllLines(SharedData.folder("nas").resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A column of texts. */
  public List<String> texts(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new AssertionError("the table has no column '%s' but %s".formatted(name, names));
    }
    return rows.stream().map(row -> row[column]).toList();
  }

  /** A column of numbers. */
  public double[] numbers(String name) {
    return texts(name).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
