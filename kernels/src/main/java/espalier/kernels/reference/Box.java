package espalier.kernels.reference;

import espalier.kernels.spi.Dims;

/** Walks the points of a box. */
final class Box {
  private Box() {}

  /** Visits every point of {@code extents} in row-major order. */
  static void forEachPoint(Dims extents, Visitor visitor) {
    int[] point = new int[extents.rank()];
    int points = extents.product();
    for (int index = 0; index < points; index++) {
      visitor.at(point, index);
      for (int axis = point.length - 1; axis >= 0 && ++point[axis] == extents.get(axis); axis--) {
        point[axis] = 0;
      }
    }
  }

  /** {@code Σ pointₐ·strides(a)}. */
  static int offset(int[] point, Dims strides) {
    int offset = 0;
    for (int axis = 0; axis < point.length; axis++) {
      offset += point[axis] * strides.get(axis);
    }
    return offset;
  }

  /** What is done at a point. */
  interface Visitor {
    /** {@code point} is the {@code index}-th in row-major order; it must not be kept. */
    void at(int[] point, int index);
  }
}
