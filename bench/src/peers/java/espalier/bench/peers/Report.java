package espalier.bench.peers;

import espalier.bench.Machine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints results as they come: a table, or one JSON object each. */
final class Report {
  private static final double MEBI = 1 << 20;

  private final PrintStream out;
  private final PrintStream notes;
  private final boolean json;
  private final List<Result> results = new ArrayList<>();
  private final List<Result> counted = new ArrayList<>();

  /** A report to {@code out}; what is no result goes to {@code notes} where results are JSON. */
  Report(PrintStream out, PrintStream notes, boolean json) {
    this.out = out;
    this.notes = json ? notes : out;
    this.json = json;
  }

  void machine(Machine machine) {
    note(machine.description());
  }

  /** A line beside the table. */
  void note(String line) {
    notes.println(line);
  }

  void header() {
    note(line("work", "ours ms", "libtorch ms", "ratio", "fraction of limit"));
  }

  /**
   * A row.
   *
   * @param counts whether the geometric mean counts it
   */
  void add(Result result, boolean counts) {
    results.add(result);
    if (counts) {
      counted.add(result);
    }
    if (json) {
      out.println(result.json().compact());
    } else {
      out.println(
          line(
              result.work(),
              number("%.3f", result.oursMillis()),
              number("%.3f", result.peerMillis()),
              number("%.2f", result.ratio()),
              number("%.2f", result.fractionOfLimit())));
    }
    out.flush();
  }

  /** Layouts, peak memory, and last the mean. */
  void end() {
    note("");
    for (Layout layout : Layout.values()) {
      List<String> rows =
          results.stream()
              .filter(result -> result.times().layout() == layout)
              .map(Result::work)
              .toList();
      if (!rows.isEmpty()) {
        note("libtorch " + layout + ": " + String.join("; ", rows));
      }
    }
    for (Result result : results) {
      if (result.hasPeak()) {
        double ours = result.peak().ours() / MEBI;
        double peer = result.peak().peer() / MEBI;
        note(
            String.format(
                Locale.ROOT,
                "peak memory of %s: ours %.0f MiB, libtorch %.0f MiB, ours is %.0f %%",
                result.work(),
                ours,
                peer,
                100 * ours / peer));
      }
    }
    if (!counted.isEmpty()) {
      double logs = counted.stream().mapToDouble(result -> Math.log(result.ratio())).sum();
      Result worst = counted.stream().min(Comparator.comparingDouble(Result::ratio)).orElseThrow();
      note(
          String.format(
              Locale.ROOT,
              "geomean %.2f, worst %.2f (%s)",
              Math.exp(logs / counted.size()),
              worst.ratio(),
              worst.work()));
    }
  }

  private static String line(String work, String ours, String peer, String ratio, String fraction) {
    return String.format(
        Locale.ROOT, "%-34s | %10s | %11s | %6s | %s", work, ours, peer, ratio, fraction);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
