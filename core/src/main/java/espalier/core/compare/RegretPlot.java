package espalier.core.compare;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * How far the incumbents are from the best of the table, on average, over what the evaluations
 * cost: a logarithmic picture with a band of 95 % confidence, as SVG.
 */
public final class RegretPlot {
  private static final double LEFT = 64;
  private static final double TOP = 68;
  private static final double WIDTH = 620;
  private static final double HEIGHT = 380;
  private static final double LEGEND = 270;
  private static final double LINE = 20;
  private static final int TICKS = 5;

  /** Regrets smaller than the greatest by more than this are drawn at the bottom. */
  private static final double DEPTH = 1000;

  /** Colours that people with any colour vision tell apart, then the same again, dashed. */
  private static final List<String> COLOURS =
      List.of("#5b6470", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a57c00", "#56b4e9");

  private final String title;
  private final List<Standing> standings;
  private final double best;
  private final String axis;
  private final double cheapest;
  private final double dearest;
  private final double floor;
  private final double ceiling;
  private final StringBuilder svg = new StringBuilder();

  private RegretPlot(String title, String axis, List<Standing> standings, double best) {
    this.title = title;
    this.standings = standings;
    this.best = best;
    this.axis = axis;
    this.cheapest = standings.stream().mapToDouble(s -> s.costs().getFirst()).min().orElseThrow();
    this.dearest = standings.stream().mapToDouble(s -> s.costs().getLast()).max().orElseThrow();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (Standing standing : standings) {
      for (Sample sample : standing.curve()) {
        double regret = best - sample.mean();
        least = regret > 0 ? Math.min(least, regret) : least;
        most = Math.max(most, regret);
      }
    }
    boolean flat = !(least < most);
    floor = flat ? 0.1 : Math.max(least, most / DEPTH);
    ceiling = flat ? 1 : most;
  }

  /**
   * The picture.
   *
   * @param axis what the costs are: evaluations, or the name of a column
   * @param best the best report there is
   */
  public static String svg(String title, String axis, List<Standing> standings, double best) {
    return new RegretPlot(title, axis, standings, best).draw();
  }

  private String draw() {
    double width = LEFT + WIDTH + LEGEND;
    double height = TOP + Math.max(HEIGHT, standings.size() * LINE) + 52;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" height="%2$s" \
        role="img" font-family="system-ui, sans-serif" font-size="12" fill="#20262e">
        <title>%3$s</title>
        <rect width="%1$s" height="%2$s" fill="#ffffff"/>
        <text x="%4$s" y="24" font-size="14">%3$s</text>
        """
            .formatted(number(width), number(height), escape(title), number(LEFT)));
    axes();
    for (int i = 0; i < standings.size(); i++) {
      curve(standings.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void axes() {
    svg.append("<g stroke=\"#d5dae1\">\n");
    for (int tick = 0; tick <= TICKS; tick++) {
      double y = TOP + HEIGHT * tick / TICKS;
      svg.append(
          "<line x1=\"%s\" x2=\"%s\" y1=\"%3$s\" y2=\"%3$s\"/>\n"
              .formatted(number(LEFT), number(LEFT + WIDTH), number(y)));
    }
    svg.append("</g>\n");
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = (double) tick / TICKS;
      double regret = ceiling * StrictMath.pow(floor / ceiling, share);
      text(LEFT - 8, TOP + HEIGHT * share + 4, "end", String.format(Locale.ROOT, "%.3g", regret));
      double cost = cheapest + share * (dearest - cheapest);
      double whole = dearest - cheapest < TICKS ? cost : Math.rint(cost);
      text(x(whole), TOP + HEIGHT + 18, "middle", cost(whole));
    }
    text(LEFT + WIDTH / 2, TOP + HEIGHT + 38, "middle", axis);
    text(LEFT - 56, TOP - 14, "start", "mean regret of the incumbent");
  }

  private void curve(Standing standing, int index) {
    String colour = COLOURS.get(index % COLOURS.size());
    String dashes = index < COLOURS.size() ? "" : " stroke-dasharray=\"6 3\"";
    StringBuilder line = new StringBuilder();
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < standing.curve().size(); i++) {
      Sample sample = standing.curve().get(i);
      double cost = standing.costs().get(i);
      double regret = best - sample.mean();
      double margin = sample.margin();
      line.append(point(cost, regret));
      upper.append(point(cost, regret + margin));
      lower.insert(0, point(cost, regret - margin));
    }
    svg.append(
        """
        <polygon fill="%1$s" fill-opacity="0.12" points="%2$s%3$s"/>
        <polyline fill="none" stroke="%1$s" stroke-width="1.8"%4$s points="%5$s"/>
        """
            .formatted(colour, upper, lower, dashes, line));
    double y = TOP + 10 + index * LINE;
    double x = LEFT + WIDTH + 16;
    svg.append(
        "<line x1=\"%s\" x2=\"%s\" y1=\"%3$s\" y2=\"%3$s\" stroke=\"%4$s\" stroke-width=\"2.4\"%5$s/>\n"
            .formatted(number(x), number(x + 24), number(y - 4), colour, dashes));
    text(
        x + 30,
        y,
        "start",
        String.format(
            Locale.ROOT, "%s, %.2f ms a search", standing.strategy(), standing.milliseconds()));
  }

  private static String cost(double cost) {
    return cost < 1e6 ? number(cost) : String.format(Locale.ROOT, "%.3g", cost);
  }

  private String point(double cost, double regret) {
    double within = Math.clamp(regret, floor, ceiling);
    double y = TOP + HEIGHT * StrictMath.log(ceiling / within) / StrictMath.log(ceiling / floor);
    return number(x(cost)) + "," + number(y) + " ";
  }

  private double x(double cost) {
    return LEFT + (dearest > cheapest ? WIDTH * (cost - cheapest) / (dearest - cheapest) : 0);
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), anchor, escape(text)));
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(1, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
