package espalier.core.tensor;

import espalier.kernels.spi.Dims;
import java.util.Arrays;

/** Extents of a tensor, outermost axis first; no axes for a scalar. */
public record Shape(Dims dims) {

  /** A scalar: no axes, one element. */
  public static final Shape SCALAR = of();

  public Shape {
    for (int a = 0; a < dims.rank(); a++) {
      if (dims.get(a) < 1) {
        throw new IllegalArgumentException(
            "shape: axis %d of %s is %d, expected 1 or more".formatted(a, dims, dims.get(a)));
      }
    }
  }

  /** A shape with the given extents. */
  public static Shape of(int... extents) {
    return new Shape(Dims.of(extents));
  }

  /** Number of axes. */
  public int rank() {
    return dims.rank();
  }

  /** Extent of {@code axis}; negative axes count from the last. */
  public int get(int axis) {
    return dims.get(axis < 0 ? rank() + axis : axis);
  }

  /** Number of elements. */
  public int size() {
    return dims.product();
  }

  /** This shape with {@code extent} at {@code axis}. */
  public Shape with(int axis, int extent) {
    int[] extents = dims.toArray();
    extents[axis < 0 ? rank() + axis : axis] = extent;
    return of(extents);
  }

  /** This shape with an innermost axis more. */
  public Shape append(int extent) {
    int[] extents = Arrays.copyOf(dims.toArray(), rank() + 1);
    extents[rank()] = extent;
    return of(extents);
  }

  /** Row-major strides in elements. */
  public Dims strides() {
    int[] strides = new int[rank()];
    int stride = 1;
    for (int a = rank() - 1; a >= 0; a--) {
      strides[a] = stride;
      stride *= dims.get(a);
    }
    return Dims.of(strides);
  }

  /** Whether a tensor of this shape can be repeated to {@code target}, axes aligned at the last. */
  public boolean broadcastsTo(Shape target) {
    int lead = target.rank() - rank();
    if (lead < 0) {
      return false;
    }
    for (int a = 0; a < rank(); a++) {
      if (get(a) != 1 && get(a) != target.get(lead + a)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The smallest shape both broadcast to.
   *
   * @throws IllegalArgumentException naming both where there is none
   */
  public static Shape broadcast(String operation, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] extents = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int ea = i <= a.rank() ? a.get(-i) : 1;
      int eb = i <= b.rank() ? b.get(-i) : 1;
      if (ea != eb && ea != 1 && eb != 1) {
        throw new IllegalArgumentException(
            "%s: cannot combine %s and %s: extents %d and %d differ and neither is 1"
                .formatted(operation, a, b, ea, eb));
      }
      extents[rank - i] = Math.max(ea, eb);
    }
    return of(extents);
  }

  /** Strides that read a tensor of this shape over {@code target}: 0 where it is repeated. */
  public Dims stridesOver(Shape target) {
    Dims own = strides();
    int[] strides = new int[target.rank()];
    int lead = target.rank() - rank();
    for (int a = 0; a < rank(); a++) {
      strides[lead + a] = get(a) == 1 ? 0 : own.get(a);
    }
    return Dims.of(strides);
  }

  @Override
  public String toString() {
    return dims.toString();
  }
}
