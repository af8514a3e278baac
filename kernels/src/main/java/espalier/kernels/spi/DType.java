package espalier.kernels.spi;

/**
 * Element type of a buffer. A backend may hold {@link #F32} with more precision, never with less.
 */
public enum DType {
  /** IEEE 754 single precision. */
  F32,
  /** Signed 32-bit integer: labels, counters, generator keys. */
  I32;

  /** Bytes of one element as the memory figures count it. */
  public int bytes() {
    return Integer.BYTES;
  }
}
