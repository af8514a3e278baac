package espalier.kernels.spi;

import java.util.Arrays;

/** A short immutable list of ints, compared by value: extents or strides, outermost first. */
public final class Dims {
  private final int[] values;

  private Dims(int[] values) {
    this.values = values;
  }

  /** A list of {@code values}. */
  public static Dims of(int... values) {
    return new Dims(values.clone());
  }

  /** Number of axes. */
  public int rank() {
    return values.length;
  }

  /** Entry of {@code axis}. */
  public int get(int axis) {
    return values[axis];
  }

  /** Product of the entries of axes {@code from … to − 1}; 1 where there are none. */
  public int product(int from, int to) {
    int product = 1;
    for (int a = from; a < to; a++) {
      product = Math.multiplyExact(product, values[a]);
    }
    return product;
  }

  /** Product of all entries. */
  public int product() {
    return product(0, values.length);
  }

  /** A copy as an array. */
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dims that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
