package espalier.core.space;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A cell as an SVG picture, from its inputs on the left to its output on the right: states as
 * numbered circles, operations on the edges between them. It has no background, and its colours can
 * be read on light and on dark pages. The same cell gives the same bytes.
 */
public final class CellDrawing {
  private static final double STATE_LAYER = 84;
  private static final double OPERATION_LAYER = 190;
  private static final double PILL_WIDTH = 112;
  private static final double PILL_HEIGHT = 24;
  private static final double BOX_WIDTH = 64;
  private static final double RADIUS = 16;
  private static final double MARGIN = 16;

  /** From the middle of a line of text down to where its letters stand. */
  private static final double BASELINE = 4;

  private static final String STATE = "#56677d";
  private static final String ARROW = "m-6 -4 6 4 -6 4";

  private final StringBuilder svg = new StringBuilder();
  private final Cell cell;
  private final CellLayout layout;
  private final double[] centres;
  private double top = Double.POSITIVE_INFINITY;
  private double bottom = Double.NEGATIVE_INFINITY;

  private CellDrawing(Cell cell) {
    this.cell = cell;
    this.layout = new CellLayout(cell);
    this.centres = new double[layout.layers.size()];
    double x = MARGIN + BOX_WIDTH / 2;
    for (int layer = 0; layer < centres.length; layer++) {
      centres[layer] = x;
      x += (STATE_LAYER + OPERATION_LAYER) / 2;
      for (CellLayout.Place place : layout.layers.get(layer)) {
        top = Math.min(top, place.y - place.height / 2);
        bottom = Math.max(bottom, place.y + place.height / 2);
      }
    }
    // The output stands on the layer after the last states, with no operations between.
    centres[centres.length - 1] = centres[centres.length - 2] + BOX_WIDTH / 2 + STATE_LAYER;
  }

  /** The picture of {@code cell}; {@code title} is what a reader aloud says. */
  public static String svg(String title, Cell cell) {
    return new CellDrawing(cell).draw(title);
  }

  private String draw(String title) {
    double width = centres[centres.length - 1] + BOX_WIDTH / 2 + MARGIN;
    double height = bottom - top + 2 * MARGIN;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" height="%2$s" \
        role="img" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle">
        <title>%3$s</title>
        <g fill="none" stroke="#8793a3" stroke-width="1.6">
        """
            .formatted(number(width), number(height), escape(title)));
    layout.lines.forEach(this::line);
    svg.append("</g>\n<g fill=\"#ffffff\">\n");
    layout.layers.forEach(layer -> layer.forEach(this::state));
    layout.labels.forEach(this::operation);
    svg.append("</g>\n</svg>\n");
    return svg.toString();
  }

  private void line(CellLayout.Line line) {
    List<CellLayout.Place> places = line.places();
    svg.append("<path d=\"");
    for (int i = 1; i < places.size(); i++) {
      CellLayout.Place from = places.get(i - 1);
      CellLayout.Place to = places.get(i);
      String y0 = number(y(from));
      String y1 = number(y(to));
      double x0 = centres[from.layer] + reach(from);
      double x1 = centres[to.layer] - reach(to);
      boolean starts = i == 1 || from.kind == CellLayout.Kind.OPERATION;
      boolean ends = to.kind != CellLayout.Kind.BEND && to.kind != CellLayout.Kind.OPERATION;
      svg.append(
          "%s%s %3$s C%4$s %3$s %4$s %5$s %6$s %5$s%7$s"
              .formatted(
                  starts ? "M" : "L",
                  number(x0),
                  y0,
                  number((x0 + x1) / 2),
                  y1,
                  number(x1),
                  ends ? ARROW : ""));
    }
    svg.append(line.isOutput() ? "\" stroke-dasharray=\"2 3\"/>\n" : "\"/>\n");
  }

  /** Half the width of what a line meets at a place. */
  private static double reach(CellLayout.Place place) {
    return switch (place.kind) {
      case INPUT, OUTPUT -> BOX_WIDTH / 2;
      case NODE -> RADIUS;
      case OPERATION, BEND -> PILL_WIDTH / 2;
    };
  }

  private void state(CellLayout.Place place) {
    double x = centres[place.layer];
    switch (place.kind) {
      case INPUT -> box(x, y(place), BOX_WIDTH, 30, 6, STATE, inputName(place.number));
      case OUTPUT -> box(x, y(place), BOX_WIDTH, 30, 6, STATE, "output");
      case NODE ->
          svg.append(
              """
              <circle cx="%1$s" cy="%2$s" r="%3$s" fill="%4$s"/><text x="%1$s" y="%5$s">%6$s</text>
              """
                  .formatted(
                      number(x),
                      number(y(place)),
                      number(RADIUS),
                      STATE,
                      number(y(place) + BASELINE),
                      number(place.number)));
      case OPERATION, BEND -> {}
    }
  }

  private void operation(CellLayout.Label label) {
    String colour =
        switch (label.operation().kind(1)) {
          case WEIGHTED -> "#2f6fb3";
          case FIXED -> "#a5671a";
          case IDENTITY -> "#4f8443";
          case ZERO -> "#7b8088";
        };
    CellLayout.Place place = label.place();
    box(
        centres[place.layer],
        y(place),
        PILL_WIDTH,
        PILL_HEIGHT,
        PILL_HEIGHT / 2,
        colour,
        label.operation().label());
  }

  private void box(
      double x, double y, double width, double height, double round, String colour, String text) {
    svg.append(
        """
        <rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s"/><text x="%s" y="%s">%s</text>
        """
            .formatted(
                number(x - width / 2),
                number(y - height / 2),
                number(width),
                number(height),
                number(round),
                colour,
                number(x),
                number(y + BASELINE),
                escape(text)));
  }

  /** Of several inputs the last is the cell before, the one before it the cell before that. */
  private String inputName(int input) {
    return cell.inputs() == 1 ? "input" : "cell k−" + (cell.inputs() - input);
  }

  private double y(CellLayout.Place place) {
    return place.y - top + MARGIN;
  }

  /** To a tenth of a pixel, the same in every locale. */
  private static String number(double value) {
    String tenths = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
    return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
