package espalier.kernels.reference;

import java.util.Arrays;
import java.util.Objects;

/** A buffer of numbers: consecutive cells of an array, bounds checked. */
final class DoubleCells {
  private final double[] array;
  private final int start;
  private final int length;

  DoubleCells(double[] array, int start, int length) {
    Objects.checkFromIndexSize(start, length, array.length);
    this.array = array;
    this.start = start;
    this.length = length;
  }

  int length() {
    return length;
  }

  double get(int i) {
    return array[start + Objects.checkIndex(i, length)];
  }

  void set(int i, double value) {
    array[start + Objects.checkIndex(i, length)] = value;
  }

  void add(int i, double value) {
    array[start + Objects.checkIndex(i, length)] += value;
  }

  void fill(double value) {
    Arrays.fill(array, start, start + length, value);
  }

  /** A copy of the values. */
  double[] toArray() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** Overwrites every cell. */
  void copyFrom(double[] values) {
    System.arraycopy(values, 0, array, start, length);
  }
}
