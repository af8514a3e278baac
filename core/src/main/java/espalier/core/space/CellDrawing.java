package espalier.core.space;

import java.util.List;
import java.util.Locale;

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
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$.0f %2$.0f\" width=\"%1$.0f\""
            + " height=\"%2$.0f\" role=\"img\" font-family=\"system-ui, sans-serif\""
            + " font-size=\"12\" text-anchor=\"middle\">\n",
        width, height);
    append("<title>%s</title>\n", escape(title));
    append("<g fill=\"none\" stroke=\"#8793a3\" stroke-width=\"1.6\">\n");
    layout.lines.forEach(this::line);
    append("</g>\n<g fill=\"#ffffff\">\n");
    layout.layers.forEach(layer -> layer.forEach(this::state));
    layout.labels.forEach(this::operation);
    append("</g>\n</svg>\n");
    return svg.toString();
  }

  private void line(CellLayout.Line line) {
    List<CellLayout.Place> places = line.places();
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < places.size(); i++) {
      CellLayout.Place from = places.get(i - 1);
      CellLayout.Place to = places.get(i);
      double x0 = centres[from.layer] + reach(from);
      double x1 = centres[to.layer] - reach(to);
      double middle = (x0 + x1) / 2;
      path.append(
          format(
              "%s%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
              i == 1 || from.kind == CellLayout.Kind.OPERATION ? "M" : "L",
              x0,
              y(from),
              middle,
              y(from),
              middle,
              y(to),
              x1,
              y(to)));
      if (to.kind != CellLayout.Kind.BEND && to.kind != CellLayout.Kind.OPERATION) {
        path.append(format("m-6 -4 6 4 -6 4"));
      }
    }
    append("<path d=\"%s\"%s/>\n", path, line.isOutput() ? " stroke-dasharray=\"2 3\"" : "");
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
      case INPUT -> box(x, y(place), BOX_WIDTH, 30, 6, "#56677d", inputName(place.number));
      case OUTPUT -> box(x, y(place), BOX_WIDTH, 30, 6, "#56677d", "output");
      case NODE ->
          append(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.0f\" fill=\"#56677d\"/>"
                  + "<text x=\"%.1f\" y=\"%.1f\">%d</text>\n",
              x, y(place), RADIUS, x, y(place) + 4, place.number);
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
    append(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" rx=\"%.0f\" fill=\"%s\"/>"
            + "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
        x - width / 2, y - height / 2, width, height, round, colour, x, y + 4, escape(text));
  }

  /** Of several inputs the last is the cell before, the one before it the cell before that. */
  private String inputName(int input) {
    return cell.inputs() == 1 ? "input" : "cell k−" + (cell.inputs() - input);
  }

  private double y(CellLayout.Place place) {
    return place.y - top + MARGIN;
  }

  private void append(String format, Object... arguments) {
    svg.append(format(format, arguments));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
