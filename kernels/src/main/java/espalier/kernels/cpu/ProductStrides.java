package espalier.kernels.cpu;

/**
 * Where the operands of a product lie. The product is
 *
 * <pre>c[r, j] = Σ a[r, (block, outer, inner)] · b[(block, outer, inner), j]</pre>
 *
 * with one chain over (block, outer, inner) for each element, {@code a[r, …]} at {@code r·aRow +
 * block·aBlock + outer·aOuter + inner·aInner}, {@code b[…, j]} likewise with {@code j} contiguous,
 * and {@code c[r, j]} at {@code r·cRow + j}. Strides may be negative.
 */
record ProductStrides(
    int aRow,
    int aBlock,
    int aOuter,
    int aInner,
    int bBlock,
    int bOuter,
    int bInner,
    int cRow) {

  /** Strides of a plain product with one run of inner terms. */
  static ProductStrides ofMatrices(int aRow, int aInner, int bInner, int cRow) {
    return new ProductStrides(aRow, 0, 0, aInner, 0, 0, bInner, cRow);
  }
}
