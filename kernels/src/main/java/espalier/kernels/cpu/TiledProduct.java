package espalier.kernels.cpu;

import java.util.List;

/** A product of any shape put together from register tiles. */
final class TiledProduct {
  /*
   * Columns are covered by wide tiles, a narrow one and, what remains, tiles of fewer columns; rows
   * by the tallest tile that fits. Where the sums begin here, what remains is covered by a tile
   * that reaches back over rows or columns already done: it computes the same chains again, which
   * is cheaper than many small tiles.
   */
  private final List<ProductTile> tiles;
  private final List<ProductTile> remainders;
  private final int wide;
  private final int narrow;

  /**
   * A product of tiles: tallest first, the last of one row, those of a list of the same widths.
   *
   * @param remainders for columns too few for {@code tiles}; the narrow ones of one column
   */
  TiledProduct(List<ProductTile> tiles, List<ProductTile> remainders) {
    this.tiles = List.copyOf(tiles);
    this.remainders = List.copyOf(remainders);
    this.wide = tiles.getFirst().wide();
    this.narrow = tiles.getFirst().narrow();
  }

  /** Rows of the tallest tile. */
  int rows() {
    return tiles.getFirst().rows();
  }

  /** Columns of a wide tile. */
  int wide() {
    return wide;
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
      int left = n - j;
      if (left < narrow && fresh && n >= narrow) {
        j = n - narrow;
        left = narrow;
      }
      List<ProductTile> column = left < narrow ? remainders : tiles;
      boolean isWide = left >= column.getFirst().wide();
      column(column, isWide, at, m, blocks, outer, inner, a, a0, b, b0 + j, c, c0 + j, fresh);
      j += isWide ? column.getFirst().wide() : column.getFirst().narrow();
    }
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
