package espalier.kernels.cpu;

import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;

/**
 * Memory of one variable or arena: an array of its own whose elements begin at {@link #LEAD}.
 *
 * @param floats the array where the type is F32, else empty
 * @param ints the array where the type is I32, else empty
 */
record Block(DType type, int elements, float[] floats, int[] ints) {
  /*
   * A large array begins at a page or region of the collector and its elements 16 bytes later, so
   * element 12 is the first on a boundary of 64 bytes. Vector loads that never straddle two cache
   * lines are worth the lead; where arrays begin elsewhere it only costs its 48 bytes.
   */

  /** Elements left free before the first. */
  static final int LEAD = 12;

  private static final float[] NO_FLOATS = {};
  private static final int[] NO_INTS = {};

  /** A block of {@code elements} zeros. */
  static Block of(DType type, int elements) {
    int length = Math.addExact(elements, LEAD);
    return switch (type) {
      case F32 -> new Block(type, elements, new float[length], NO_INTS);
      case I32 -> new Block(type, elements, NO_FLOATS, new int[length]);
    };
  }

  /** Bytes as the memory figures count them. */
  long bytes() {
    return (long) elements * type.bytes();
  }

  /** Copies {@code values}, whose type is the block's, to the elements from {@code at} on. */
  void write(int at, HostData values) {
    switch (values) {
      case HostData.Floats(float[] source) ->
          System.arraycopy(source, 0, floats, LEAD + at, source.length);
      case HostData.Ints(int[] source) ->
          System.arraycopy(source, 0, ints, LEAD + at, source.length);
      case HostData.Doubles(double[] source) -> {
        for (int e = 0; e < source.length; e++) {
          floats[LEAD + at + e] = (float) source[e];
        }
      }
    }
  }

  /** A copy of {@code count} elements from {@code at} on. */
  HostData read(int at, int count) {
    return switch (type) {
      case F32 -> {
        float[] copy = new float[count];
        System.arraycopy(floats, LEAD + at, copy, 0, count);
        yield HostData.of(copy);
      }
      case I32 -> {
        int[] copy = new int[count];
        System.arraycopy(ints, LEAD + at, copy, 0, count);
        yield HostData.of(copy);
      }
    };
  }
}
