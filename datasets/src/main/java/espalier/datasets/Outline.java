package espalier.datasets;

import java.util.Locale;

/**
 * The outlines of the generated classes, each as the signed distance to its edge: negative inside.
 * Every outline encloses the area 1, so its size says nothing about the class.
 */
enum Outline {
  DISC(Shape.disc(0, 0, 1)),
  RING(Shape.disc(0, 0, 1).without(Shape.disc(0, 0, 0.55))),
  CRESCENT(Shape.disc(0, 0, 1).without(Shape.disc(0.5, 0, 0.85))),
  SQUARE(Shape.polygon(-1, -1, 1, -1, 1, 1, -1, 1)),
  TRIANGLE(Shape.polygon(0, -1, 0.866, 0.5, -0.866, 0.5)),
  STAR(
      Shape.polygon(
          0, -1, 0.235, -0.324, 0.951, -0.309, 0.38, 0.124, 0.588, 0.809, 0, 0.4, -0.588, 0.809,
          -0.38, 0.124, -0.951, -0.309, -0.235, -0.324)),
  CROSS(
      Shape.polygon(
          -0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1, -0.35,
          0.35, -1, 0.35, -1, -0.35, -0.35, -0.35)),
  ELL(Shape.polygon(-0.7, -1, -0.05, -1, -0.05, 0.35, 0.8, 0.35, 0.8, 1, -0.7, 1)),
  TEE(
      Shape.polygon(
          -0.9, -1, 0.9, -1, 0.9, -0.4, 0.3, -0.4, 0.3, 1, -0.3, 1, -0.3, -0.4, -0.9, -0.4)),
  HOURGLASS(Shape.polygon(-0.8, -1, 0.8, -1, 0.15, 0, 0.8, 1, -0.8, 1, -0.15, 0));

  private final Shape shape;
  private final double scale;

  Outline(Shape shape) {
    this.shape = shape;
    this.scale = StrictMath.sqrt(shape.area());
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The signed distance of a point to the edge. */
  double distance(double x, double y) {
    return shape.distance(x * scale, y * scale) / scale;
  }
}
