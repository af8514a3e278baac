package espalier.cli;

import espalier.core.supernet.Supernet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table of architecture weights in a few lines: for each edge a bar per operation, a quarter high
 * while all weigh the same, then the heaviest operation and its weight.
 */
final class HeatStrip {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final double EVEN_LEVEL = 2;
  private static final int COLUMNS = 2;

  private HeatStrip() {}

  static List<String> lines(Supernet.Table table, double[][] weights) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s cell, weights of %s".formatted(table.title(), String.join(" ", shortened(table))));
    int rows = Math.ceilDiv(weights.length, COLUMNS);
    int names = table.operations().stream().mapToInt(String::length).max().orElse(0);
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder(" ");
      for (int edge = row; edge < weights.length; edge += rows) {
        line.append(' ').append(edge(table, edge, weights[edge], names)).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static List<String> shortened(Supernet.Table table) {
    return table.operations().stream()
        .map(name ->
            name.replaceAll("(?:nor_)?(\\w{3})\\w*?_(?:conv|pool|connect)?_?(\\d)?.*", "$1$2"))
        .collect(Collectors.toList());
  }

  private static String edge(Supernet.Table table, int edge, double[] weights, int names) {
    int heaviest = 0;
    for (int o = 1; o < weights.length; o++) {
      heaviest = weights[o] > weights[heaviest] ? o : heaviest;
    }
    StringBuilder bars = new StringBuilder();
    for (double weight : weights) {
      long level = Math.round(EVEN_LEVEL * weight * weights.length);
      bars.append(BARS.charAt((int) Math.min(level, BARS.length() - 1)));
    }
    return String.format(
        Locale.ROOT,
        "%s %s %-" + names + "s %.2f",
        table.edges().get(edge),
        bars,
        table.operations().get(heaviest),
        weights[heaviest]);
  }
}
