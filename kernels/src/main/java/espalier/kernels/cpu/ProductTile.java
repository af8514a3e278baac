package espalier.kernels.cpu;

/**
 * A tile of a product held in registers while its terms are added: {@link #rows()} rows by {@link
 * #wide()} or {@link #narrow()} columns. Adds {@code outer × inner} terms, laid out as {@link
 * ProductStrides} says; begins at zero if {@code fresh}, else at what {@code c} holds.
 */
interface ProductTile {
  /** Rows of the tile. */
  int rows();

  /** Columns of {@link #accumulateWide}. */
  int wide();

  /** Columns of {@link #accumulateNarrow}. */
  int narrow();

  /** Adds the terms to {@link #wide()} columns. */
  void accumulateWide(
      ProductStrides at,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh);

  /** Adds the terms to {@link #narrow()} columns. */
  void accumulateNarrow(
      ProductStrides at,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh);
}
