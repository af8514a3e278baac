package espalier.kernels.cpu;

/**
 * Where the operands of a product lie. The product is
 *
 * <pre>c[r, j] = Σ a[r, (run, term)] · b[(run, term), j]</pre>
 *
 * with one chain over (run, term) for each element, {@code a[r, …]} at {@code r·aRow + aRuns[run] +
 * term·aTerm}, {@code b[…, j]} likewise with {@code j} contiguous, and {@code c[r, j]} at {@code
 * r·cRow + j}. Of {@code aRow} and {@code aTerm} one is 1. Strides may be negative; {@code bTerm}
 * is not 0.
 */
record ProductStrides(int aRow, int aTerm, int bTerm, int cRow, int[] aRuns, int[] bRuns) {
  private static final int[] ONE_RUN = {0};
  private static final int[] NO_RUN = {};

  /** Strides of a plain product with one run of terms. */
  static ProductStrides ofMatrices(int aRow, int aTerm, int bTerm, int cRow) {
    return new ProductStrides(aRow, aTerm, bTerm, cRow, ONE_RUN, ONE_RUN);
  }

  /** The same without a term. */
  ProductStrides withoutRuns() {
    return new ProductStrides(aRow, aTerm, bTerm, cRow, NO_RUN, NO_RUN);
  }
}
