package espalier.datasets;

/** A region of the plane within [-1, 1] x [-1, 1], by its signed distance: negative inside. */
@FunctionalInterface
interface Shape {
  double distance(double x, double y);

  static Shape disc(double centreX, double centreY, double radius) {
    return (x, y) -> length(x - centreX, y - centreY) - radius;
  }

  /** A polygon with corners x0, y0, x1, y1, … that does not cross itself. */
  static Shape polygon(double... corners) {
    return (x, y) -> {
      double nearest = Double.POSITIVE_INFINITY;
      boolean inside = false;
      int last = corners.length - 2;
      for (int i = 0; i < corners.length; last = i, i += 2) {
        double ax = corners[last];
        double ay = corners[last + 1];
        double bx = corners[i];
        double by = corners[i + 1];
        nearest = Math.min(nearest, squaredDistance(x, y, ax, ay, bx, by));
        // A ray to the right crosses this edge: each crossing changes sides.
        if (ay > y != by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) {
          inside = !inside;
        }
      }
      return inside ? -StrictMath.sqrt(nearest) : StrictMath.sqrt(nearest);
    };
  }

  /** The square of the distance from a point to the line segment from a to b. */
  static double squaredDistance(double x, double y, double ax, double ay, double bx, double by) {
    double dx = bx - ax;
    double dy = by - ay;
    double along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
    double t = Math.clamp(along, 0.0, 1.0);
    double ex = x - ax - t * dx;
    double ey = y - ay - t * dy;
    return ex * ex + ey * ey;
  }

  /** This region with another cut out of it. */
  default Shape without(Shape other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }

  /** The area, by counting cells of a fine grid. */
  default double area() {
    int cells = 512;
    int inside = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        inside += distance((2 * i + 1.0) / cells - 1, (2 * j + 1.0) / cells - 1) < 0 ? 1 : 0;
      }
    }
    return 4.0 * inside / ((double) cells * cells);
  }

  private static double length(double x, double y) {
    return StrictMath.sqrt(x * x + y * y);
  }
}
