package espalier.kernels.reference;

import java.util.Arrays;
import java.util.Objects;

/** A buffer of integers: {@code length} cells of an array from {@code start} on, bounds checked. */
record IntCells(int[] array, int start, int length) {
  IntCells {
    Objects.checkFromIndexSize(start, length, array.length);
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
}
