package espalier.datasets;

import java.util.List;

/**
 * The outlines of the generated classes, each as the signed distance to its edge: negative inside.
 * Every outline encloses the area 1, so its size says nothing about the class.
 */
final class Outline {
  /** The outlines in the order of their labels. */
  static final List<Outline> ALL =
      List.of(
          new Outline("disc", Shape.disc(0, 0, 1)),
          new Outline("ring", Shape.disc(0, 0, 1).without(Shape.disc(0, 0, 0.55))),
          new Outline("crescent", Shape.disc(0, 0, 1).without(Shape.disc(0.5, 0, 0.85))),
          new Outline("square", Shape.polygon(-1, -1, 1, -1, 1, 1, -1, 1)),
          new Outline("triangle", Shape.polygon(0, -1, 0.866, 0.5, -0.866, 0.5)),
          new Outline(
              "star",
              Shape.polygon(
                  0, -1, 0.235, -0.324, 0.951, -0.309, 0.38, 0.124, 0.588, 0.809, 0, 0.4, -0.588,
                  0.809, -0.38, 0.124, -0.951, -0.309, -0.235, -0.324)),
          new Outline(
              "cross",
              Shape.polygon(
                  -0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35,
                  1, -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35)),
          new Outline(
              "ell", Shape.polygon(-0.7, -1, -0.05, -1, -0.05, 0.35, 0.8, 0.35, 0.8, 1, -0.7, 1)),
          new Outline(
              "tee",
              Shape.polygon(
                  -0.9, -1, 0.9, -1, 0.9, -0.4, 0.3, -0.4, 0.3, 1, -0.3, 1, -0.3, -0.4, -0.9,
                  -0.4)),
          new Outline(
              "hourglass", Shape.polygon(-0.8, -1, 0.8, -1, 0.15, 0, 0.8, 1, -0.8, 1, -0.15, 0)));

  private final String name;
  private final Shape shape;
  private final double scale;

  private Outline(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
    this.scale = StrictMath.sqrt(shape.area());
  }

  String name() {
    return name;
  }

  /** The signed distance of a point to the edge. */
  double distance(double x, double y) {
    return shape.distance(x * scale, y * scale) / scale;
  }
}
