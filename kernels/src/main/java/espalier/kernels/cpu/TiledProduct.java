package espalier.kernels.cpu;

import java.util.List;
import java.util.Optional;

/** A product of any shape put together from register tiles. */
final class TiledProduct {
  /*
   * Columns are covered by the widest tiles that they fill, and what remains by the narrowest that
   * holds it. Where the sums begin here, a tile may reach back over rows or columns already done:
   * it computes the same chains again, which is cheaper than many small tiles. Rows that fill no
   * tile go to the least tall that hold them.
   */

  /** Products of a call for which a tile of its own is made: compiling one takes a while. */
  private static final long WORTH_A_CLASS = 1 << 18;

  private final List<ProductTile> tiles;
  private final Optional<TiledProduct> lower;

  /** A product of {@code tiles}, widest first, the last of one row and one column. */
  TiledProduct(List<ProductTile> tiles) {
    this(tiles, Optional.empty());
  }

  /**
   * A product of {@code tiles}, widest first, the last of one column.
   *
   * @param lower covers the rows that fill no tile
   */
  TiledProduct(List<ProductTile> tiles, TiledProduct lower) {
    this(tiles, Optional.of(lower));
  }

  private TiledProduct(List<ProductTile> tiles, Optional<TiledProduct> lower) {
    this.tiles = List.copyOf(tiles);
    this.lower = lower;
  }

  /**
   * The product for a call site whose strides never change and which adds up {@code products}
   * products: where they are many, and columns are those of a tile, a tile made for it.
   */
  TiledProduct forSite(ProductStrides strides, int columns, long products) {
    return products < WORTH_A_CLASS
        ? this
        : new TiledProduct(
            tiles.stream()
                .map(tile -> tile.columns() == columns ? tile.at(strides) : tile)
                .toList(),
            lower);
  }

  /** Rows of the widest tile. */
  private int rows() {
    return tiles.getFirst().rows();
  }

  /** Columns of the widest tile. */
  int columns() {
    return tiles.getFirst().columns();
  }

  /**
   * Adds runs of {@code terms} terms to {@code m} rows of {@code n} columns.
   *
   * @param fresh whether the sums begin at zero rather than at what {@code c} holds
   */
  void run(
      ProductStrides at,
      int m,
      int n,
      int terms,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    ProductStrides strides = terms > 0 ? at : at.withoutRuns();
    for (int j = 0; j < n; ) {
      ProductTile tile = tile(n - j, fresh ? n : n - j);
      j = Math.min(j, n - tile.columns());
      down(tile, strides, m, terms, a, a0, b, b0 + j, c, c0 + j, fresh);
      j += tile.columns();
    }
  }

  /**
   * The tile for the next of {@code left} columns: the narrowest that holds them all and is no
   * wider than {@code reach} columns, else the widest that they fill.
   */
  private ProductTile tile(int left, int reach) {
    int t = 0;
    while (tiles.get(t).columns() > reach) {
      t++;
    }
    while (t < tiles.size() - 1 && tiles.get(t + 1).columns() >= left) {
      t++;
    }
    return tiles.get(t);
  }

  private void down(
      ProductTile tile,
      ProductStrides at,
      int m,
      int terms,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int rows = tile.rows();
    int left = m % rows;
    int done = m - left;
    if (done > 0) {
      tile.accumulate(at, done / rows, terms, a, a0, b, b0, c, c0, fresh);
    }
    if (left == 0) {
      return;
    }
    TiledProduct less = lower.orElseThrow();
    boolean reach = fresh && done > 0;
    if (reach && left > less.rows()) {
      int ar = a0 + (m - rows) * at.aRow();
      int cr = c0 + (m - rows) * at.cRow();
      tile.accumulate(at, 1, terms, a, ar, b, b0, c, cr, true);
    } else {
      int last = reach ? less.rows() : left;
      int ar = a0 + (m - last) * at.aRow();
      int cr = c0 + (m - last) * at.cRow();
      less.run(at, last, tile.columns(), terms, a, ar, b, b0, c, cr, fresh);
    }
  }
}
