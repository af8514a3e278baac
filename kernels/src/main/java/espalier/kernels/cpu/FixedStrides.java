package espalier.kernels.cpu;

/**
 * The strides of a product that a tile's class was made for, 0 for any. They are constants to the
 * compiler where the record is.
 */
record FixedStrides(int aRow, int aTerm, int cRow) {
  /** Terms of the left operand are contiguous. */
  static final FixedStrides ALONG_TERMS = new FixedStrides(0, 1, 0);

  /** Rows of the left operand are contiguous. */
  static final FixedStrides ALONG_ROWS = new FixedStrides(1, 0, 0);

  /** The strides {@code at} and no others, but for the terms of the right operand. */
  static FixedStrides all(ProductStrides at) {
    return new FixedStrides(at.aRow(), at.aTerm(), at.cRow());
  }

  /** {@link ProductStrides#aRow()} of {@code at}. */
  int aRow(ProductStrides at) {
    return aRow == 0 ? at.aRow() : aRow;
  }

  /** {@link ProductStrides#aTerm()} of {@code at}. */
  int aTerm(ProductStrides at) {
    return aTerm == 0 ? at.aTerm() : aTerm;
  }

  /** {@link ProductStrides#cRow()} of {@code at}. */
  int cRow(ProductStrides at) {
    return cRow == 0 ? at.cRow() : cRow;
  }
}
