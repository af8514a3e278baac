package espalier.kernels.cpu;

/** A tile of a product that is held in registers while its terms are added. */
interface ProductTile {
  /** Rows of the tile. */
  int rows();

  /** Columns of the tile. */
  int columns();

  /** A tile of this shape that need not compute products of other strides. */
  default ProductTile at(ProductStrides strides) {
    return this;
  }

  /**
   * Adds runs of {@code terms} terms, laid out as {@link ProductStrides} says, to each of {@code
   * tiles} tiles one below the other; begins at zero if {@code fresh}, else at what {@code c}
   * holds.
   *
   * @param terms of a run, at least one
   */
  void accumulate(
      ProductStrides at,
      int tiles,
      int terms,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh);
}
