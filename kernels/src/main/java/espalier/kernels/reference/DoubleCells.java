package espalier.kernels.reference;

import java.util.Arrays;
import java.util.Objects;

/** A buffer of numbers: {@code length} cells of an array from {@code start} on, bounds checked. */
record DoubleCells(double[] array, int start, int length) {
  DoubleCells {
    Objects.checkFromIndexSize(start, length, array.length);
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
}
