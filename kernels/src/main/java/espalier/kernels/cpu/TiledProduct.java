package espalier.kernels.cpu;

import java.util.List;

/** A product of any shape put together from register tiles. */
final class TiledProduct {
  /*
   * Columns are covered by wide tiles and at the end narrow ones; rows by the tallest tile that fits.
   * Where the sums begin here, rows that remain are covered by a tile that reaches back over rows
   * already done: it computes the same chains again, which is cheaper than many short tiles.
   */
  private final List<ProductTile> tiles;
  private final int wide;
  private final int narrow;

  /** A product of {@code tiles}: tallest first, the last of one row, all of the same widths. */
  TiledProduct(List<ProductTile> tiles) {
    this.tiles = List.copyOf(tiles);
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
    for (int j = 0, columns; j < n; j += columns) {
      columns = n - j >= wide ? wide : Math.min(narrow, n - j);
      int r = 0;
      for (int t = 0; r < m; t++) {
        ProductTile tile = tiles.get(t);
        int rows = tile.rows();
        for (; r + rows <= m; r += rows) {
          tile(
              tile, columns, at, blocks, outer, inner, a, a0 + r * at.aRow(), b, b0 + j, c,
              c0 + r * at.cRow() + j, fresh);
        }
        if (fresh && r > 0 && r < m && m >= rows && m - r > tiles.get(t + 1).rows()) {
          r = m - rows;
          tile(
              tile, columns, at, blocks, outer, inner, a, a0 + r * at.aRow(), b, b0 + j, c,
              c0 + r * at.cRow() + j, true);
          r = m;
        }
      }
    }
  }

  private void tile(
      ProductTile tile,
      int columns,
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
      if (columns == wide) {
        tile.accumulateWide(at, terms, inner, a, ab, b, bb, c, c0, first);
      } else {
        tile.accumulateNarrow(at, terms, inner, columns, a, ab, b, bb, c, c0, first);
      }
    } while (++block < blocks);
  }
}
