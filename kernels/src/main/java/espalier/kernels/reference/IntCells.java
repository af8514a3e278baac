package espalier.kernels.reference;

import java.util.Arrays;
import java.util.Objects;

/** A buffer of integers: consecutive cells of an array, bounds checked. */
final class IntCells {
  private final int[] array;
  private final int start;
  private final int length;

  IntCells(int[] array, int start, int length) {
    Objects.checkFromIndexSize(start, length, array.length);
    this.array = array;
    this.start = start;
    this.length = length;
  }

  int length() {
    return length;
  }

  int get(int i) {
    return array[start + Objects.checkIndex(i, length)];
  }

  void set(int i, int value) {
    array[start + Objects.checkIndex(i, length)] = value;
  }

  void fill(int value) {
    Arrays.fill(array, start, start + length, value);
  }

  /** A copy of the values. */
  int[] toArray() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  /** Overwrites every cell. */
  void copyFrom(int[] values) {
    System.arraycopy(values, 0, array, start, length);
  }
}
