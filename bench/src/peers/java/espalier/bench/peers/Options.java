package espalier.bench.peers;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the caller of the comparison asks for.
 *
 * @param quick every row within a few minutes, at the price of fewer rounds
 * @param threads of both engines; where absent one, and two for the row that compares them
 * @param json rows as JSON objects instead of a table
 * @param memory whether peak memory is measured, in processes of its own
 * @param only part of the names of the rows to run; empty for all
 */
record Options(boolean quick, OptionalInt threads, boolean json, boolean memory, String only) {
  static final String USAGE =
      """
      usage: bench/compare [--quick] [--threads N] [--json] [--memory] [--only TEXT]
        --quick      every row in less than five minutes, without peak memory
        --threads N  threads of both engines; else 1, and 2 for the row that compares them
        --json       one JSON object per row
        --memory     peak memory also where --quick leaves it out
        --only TEXT  rows whose name contains TEXT\
      """;

  /** Reads a command line. */
  static Options parse(List<String> arguments) {
    boolean quick = false;
    OptionalInt threads = OptionalInt.empty();
    boolean json = false;
    boolean memory = false;
    String only = "";
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--quick" -> quick = true;
        case "--json" -> json = true;
        case "--memory" -> memory = true;
        case "--only" -> only = value(arguments, ++i);
        case "--threads" -> threads = OptionalInt.of(count(value(arguments, ++i)));
        default ->
            throw new IllegalArgumentException(
                "option '%s' is unknown%n%s".formatted(arguments.get(i), USAGE));
      }
    }
    return new Options(quick, threads, json, memory || !quick, only);
  }

  private static String value(List<String> arguments, int at) {
    if (at == arguments.size()) {
      throw new IllegalArgumentException(
          "option %s: found no value%n%s".formatted(arguments.get(at - 1), USAGE));
    }
    return arguments.get(at);
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "option --threads: found '%s', expected a number from 1".formatted(text));
    }
    return Integer.parseInt(text);
  }

  /** Whether the row of this name is wanted. */
  boolean wants(String row) {
    return row.contains(only);
  }
}
