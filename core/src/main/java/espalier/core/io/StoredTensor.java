package espalier.core.io;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a file holds it: a shape and its elements in row-major order. The arrays are not
 * copied; whoever hands one over no longer changes it. Equality compares shapes and bits, so NaNs
 * of one pattern are equal and 0 differs from -0.
 */
public sealed interface StoredTensor {

  /** The extent of each dimension; empty for a scalar. */
  List<Integer> shape();

  /** 32-bit floats. */
  @SuppressWarnings("ArrayRecordComponent") // equality is written out below
  record F32(List<Integer> shape, float[] values) implements StoredTensor {
    public F32 {
      shape = List.copyOf(shape);
      requireCount(shape, values.length);
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof F32(var otherShape, var otherValues))
          || !shape.equals(otherShape)
          || values.length != otherValues.length) {
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(otherValues[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "F32" + shape;
    }
  }

  /** 32-bit integers. */
  @SuppressWarnings("ArrayRecordComponent") // equality is written out below
  record I32(List<Integer> shape, int[] values) implements StoredTensor {
    public I32 {
      shape = List.copyOf(shape);
      requireCount(shape, values.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof I32(var otherShape, var otherValues)
          && shape.equals(otherShape)
          && Arrays.equals(values, otherValues);
    }

    @Override
    public int hashCode() {
      return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "I32" + shape;
    }
  }

  private static void requireCount(List<Integer> shape, int found) {
    long wanted = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("shape %s has a negative extent".formatted(shape));
      }
      wanted = Math.multiplyExact(wanted, extent);
    }
    if (wanted != found) {
      throw new IllegalArgumentException(
          "shape %s needs %d values, found %d".formatted(shape, wanted, found));
    }
  }
}
