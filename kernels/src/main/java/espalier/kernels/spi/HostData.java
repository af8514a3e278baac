package espalier.kernels.spi;

/** Values on their way between the caller and a backend: an array the caller owns. */
public sealed interface HostData {

  /** Number of elements. */
  int length();

  /** The type of buffer these values may be written to. */
  DType type();

  /** Single-precision values. */
  record Floats(float[] values) implements HostData {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public DType type() {
      return DType.F32;
    }
  }

  /**
   * Double-precision values for an {@link DType#F32} buffer; rounded by backends that hold floats.
   */
  record Doubles(double[] values) implements HostData {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public DType type() {
      return DType.F32;
    }
  }

  /** Integers. */
  record Ints(int[] values) implements HostData {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public DType type() {
      return DType.I32;
    }
  }

  /** Wraps {@code values} without copying. */
  static HostData of(float... values) {
    return new Floats(values);
  }

  /** Wraps {@code values} without copying. */
  static HostData of(double... values) {
    return new Doubles(values);
  }

  /** Wraps {@code values} without copying. */
  static HostData of(int... values) {
    return new Ints(values);
  }
}
