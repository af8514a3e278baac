package espalier.cli;

import espalier.core.compare.Standing;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.TreeMap;

/** A comparison for a person, the best strategy first. */
record StandingsTable(Terminal terminal, String signal, String report) {
  private static final String ROW = "%-26s %8s ± %-6s %8s ± %-6s %7s %8s %9s %8s";

  /** Prints the standings on each table; on several tables ranks too. */
  void print(SequencedMap<String, List<Standing>> tables) {
    tables.forEach((name, standings) -> {
      Standing any = standings.getFirst();
      terminal.print(
          "%s: %d evaluations, %d searches each, %s by %s",
          name, any.curve().size(), any.report().size(), report, signal);
      terminal.print("");
      terminal.print(ROW, "", "signal", "std", "report", "std", "± 95 %", "late", "p (Holm)", "ms");
      standings.stream()
          .sorted(Comparator.comparingDouble((Standing s) -> -s.report().mean()))
          .forEach(this::row);
      terminal.print("");
    });
    if (tables.size() > 1) {
      ranks(tables.values().stream().toList());
    }
  }

  private void row(Standing standing) {
    terminal.print(
        ROW,
        standing.strategy(),
        number("%.3f", standing.signal().mean()),
        number("%.3f", standing.signal().deviation()),
        number("%.3f", standing.report().mean()),
        number("%.3f", standing.report().deviation()),
        number("%.3f", standing.report().margin()),
        number("%.2f", standing.lateSignalMean()),
        chance(standing.pAgainstRandom()),
        number("%.2f", standing.milliseconds()));
  }

  private static String chance(OptionalDouble p) {
    if (p.isEmpty()) {
      return "";
    }
    return p.getAsDouble() < 0.0001 ? "< 0.0001" : number("%.4f", p.getAsDouble());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void ranks(List<List<Standing>> tables) {
    Map<String, Double> ranks = new TreeMap<>();
    for (List<Standing> standings : tables) {
      for (Standing standing : standings) {
        ranks.merge(standing.strategy(), rank(standing, standings) / tables.size(), Double::sum);
      }
    }
    terminal.print("mean rank over %d tables", tables.size());
    terminal.print("");
    ranks.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> terminal.print("%-26s %8.2f", entry.getKey(), entry.getValue()));
    terminal.print("");
  }

  /** Its place by report, from 1; equal ones share the mean of their places. */
  private static double rank(Standing standing, List<Standing> among) {
    double mine = standing.report().mean();
    long above = among.stream().filter(other -> other.report().mean() > mine).count();
    long equal = among.stream().filter(other -> other.report().mean() == mine).count();
    return above + (equal + 1) / 2.0;
  }
}
