package espalier.kernels.cpu;

import java.util.List;

/** A product of any shape put together from register tiles. */
final class TiledProduct {
  /*
   * Columns are covered by the widest vectors that they fill, and what remains by the narrowest
   * that hold it; rows by the tallest tile that fits. Where the sums begin here, a tile may reach
   * back over rows or columns already done: it computes the same chains again, which is cheaper
   * than many small tiles.
   */
  private final List<List<ProductTile>> tiers;

  /**
   * A product of tiles.
   *
   * @param tiers for many columns first, the last from one column on; of each its tiles, all of the
   *     same widths, tallest first, the last of one row
   */
  TiledProduct(List<List<ProductTile>> tiers) {
    this.tiers = tiers.stream().map(List::copyOf).toList();
  }

  /** Rows of the tallest tile. */
  int rows() {
    return tiers.getFirst().getFirst().rows();
  }

  /** Columns of a wide tile. */
  int wide() {
    return tiers.getFirst().getFirst().wide();
  }

  /**
   * Adds {@code blocks × outer × inner} terms to {@code m} rows of {@code n} columns.
   *
   * @param fresh whether the sums begin at zero rather than at what {@code c} holds
   */
  void run(
      ProductStrides at,
      int m,
      int n,
      int blocks,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    for (int j = 0; j < n; ) {
      List<ProductTile> tier = tier(n - j, fresh ? n : n - j);
      ProductTile first = tier.getFirst();
      j = Math.min(j, n - first.narrow());
      boolean isWide = n - j >= first.wide();
      column(tier, isWide, at, m, blocks, outer, inner, a, a0, b, b0 + j, c, c0 + j, fresh);
      j += isWide ? first.wide() : first.narrow();
    }
  }

  /**
   * The tiles for the next of {@code left} columns: the narrowest vectors that hold them all and
   * are no wider than {@code reach} columns, else the widest that they fill.
   */
  private List<ProductTile> tier(int left, int reach) {
    int t = 0;
    while (tiers.get(t).getFirst().narrow() > reach) {
      t++;
    }
    for (int u = t; u < tiers.size() - 1 && tiers.get(u).getFirst().narrow() >= left; u++) {
      t = u;
    }
    return tiers.get(t);
  }

  private static void column(
      List<ProductTile> tiles,
      boolean isWide,
      ProductStrides at,
      int m,
      int blocks,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int r = 0;
    for (int t = 0; r < m; t++) {
      ProductTile tile = tiles.get(t);
      int rows = tile.rows();
      for (; r + rows <= m; r += rows) {
        tile(
            tile,
            isWide,
            at,
            blocks,
            outer,
            inner,
            a,
            a0 + r * at.aRow(),
            b,
            b0,
            c,
            c0 + r * at.cRow(),
            fresh);
      }
      if (fresh && r < m && m >= rows && m - r > tiles.get(t + 1).rows()) {
        int back = m - rows;
        tile(
            tile,
            isWide,
            at,
            blocks,
            outer,
            inner,
            a,
            a0 + back * at.aRow(),
            b,
            b0,
            c,
            c0 + back * at.cRow(),
            true);
        r = m;
      }
    }
  }

  private static void tile(
      ProductTile tile,
      boolean isWide,
      ProductStrides at,
      int blocks,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int terms = blocks > 0 ? outer : 0;
    int block = 0;
    do { // once even without terms: fresh sums are then zero
      int ab = a0 + block * at.aBlock();
      int bb = b0 + block * at.bBlock();
      boolean first = fresh && block == 0;
      if (isWide) {
        tile.accumulateWide(at, terms, inner, a, ab, b, bb, c, c0, first);
      } else {
        tile.accumulateNarrow(at, terms, inner, a, ab, b, bb, c, c0, first);
      }
    } while (++block < blocks);
  }
}
