package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Split;

/** Matrix products, blocked for the caches and shared among the workers. */
final class Gemm {
  /*
   * A part is a block of C, and of k where k is split. It goes through k in runs of DEPTH terms; C
   * is loaded, added to and stored in between, so runs do not show in the bits. In a run all of B is
   * packed into panels as wide as a tile, each contiguous, which pass through the second cache for
   * every strip of A. A strip is copied to rows of a stride that spreads over the sets of the first
   * cache, and goes along the panels, so that C is met in the order it lies in [Goto, van de Geijn
   * 2008, their gebp with operands exchanged]. Without enough rows to pay for packing, tiles read B
   * in place; without enough panels to pay for copying, A.
   */
  private static final int DEPTH = 512;

  /** Rows below which packing B does not pay. */
  private static final int FEWEST_ROWS = 32;

  /** Rows of a strip, and what blocks have a multiple of: whole tiles of any height there is. */
  private static final int ROWS = 24;

  /** Rows of a strip of A in place: whole tiles of any height there is. */
  private static final int ROWS_IN_PLACE = 120;

  /** Floats of a strip of A that stays in the second cache while it goes along the columns. */
  private static final int STRIP = 1 << 14;

  /** Floats of A from which on it comes from memory. */
  private static final long FAR = 1 << 22;

  /** Terms from which on the rows of a tile are too far apart to be fetched as one stream. */
  private static final int LONG_ROW = 64;

  /** Bits of a number that all floats together make: a signalling NaN. */
  private static final int NEVER_SEEN = 0x7f800001;

  /** Floats of a cache line. */
  private static final int LINE = 16;

  /** Columns whose panels stay in the last cache. */
  private static final int MOST_COLUMNS = 1536;

  /** Added to the row stride of a copy: an odd number of cache lines. */
  private static final int SKEW = 16;

  /** Panels of B that pay for copying A. */
  private static final int PANELS_TO_COPY = 4;

  /** Parts per thread that even out the work. */
  private static final int PARTS_PER_THREAD = 3;

  /** Products below which one part is enough. */
  private static final long SMALL = 1 << 16;

  private final TiledProduct alongTerms;
  private final TiledProduct alongRows;

  Gemm(TiledProduct alongTerms, TiledProduct alongRows) {
    this.alongTerms = alongTerms;
    this.alongRows = alongRows;
  }

  /** Runs the call. */
  void run(Call.Gemm call, Frame frame) {
    Matrices matrices =
        new Matrices(
            call.m(),
            call.n(),
            call.k(),
            call.transposeA(),
            call.transposeB(),
            frame.array(call.a()),
            frame.at(call.a()),
            frame.array(call.b()),
            frame.at(call.b()),
            frame.array(call.c()),
            frame.at(call.c()));
    run(matrices, call.split(), 1, frame);
  }

  /**
   * Computes a product whose sum over k is cut.
   *
   * @param split how k is cut, in units of {@code unit} terms
   */
  void run(Matrices of, Split split, int unit, Frame frame) {
    int parts = split.parts();
    int outputs = of.m * of.n;
    Plan plan = frame.prepared(Plan.class, () -> plan(of, parts, frame.workers().threads()));
    int down = blocks(of.m, plan.rows);
    int across = blocks(of.n, plan.columns);
    frame
        .workers()
        .each(
            parts * down * across,
            item -> {
              int part = item / (down * across);
              int row = item / across % down * plan.rows;
              int column = item % across * plan.columns;
              Range block =
                  new Range(
                      row,
                      Math.min(of.m, row + plan.rows),
                      column,
                      Math.min(of.n, column + plan.columns),
                      split.from(part) * unit,
                      split.to(part) * unit);
              float[] target = parts == 1 ? of.c : frame.scratchArray();
              int target0 = parts == 1 ? of.c0 : frame.scratchAt() + part * outputs;
              block(of, plan.product, block, target, target0, frame.workers());
            });
    if (parts > 1) {
      PartialSums.join(
          split, outputs, frame.scratchArray(), frame.scratchAt(), of.c, of.c0, frame.workers());
    }
  }

  private Plan plan(Matrices of, int parts, int threads) {
    long products = (long) of.m * of.n * of.k;
    int rows = of.m;
    int columns = Math.ceilDiv(of.n, Math.max(1, blocks(of.n, MOST_COLUMNS)));
    int wanted = threads == 1 || products < SMALL ? 1 : PARTS_PER_THREAD * threads;
    while (rows > FEWEST_ROWS
        && (long) parts * blocks(of.m, rows) * blocks(of.n, columns) < wanted) {
      rows = Math.ceilDiv(Math.ceilDiv(rows, 2), ROWS) * ROWS;
    }
    while (columns > 2 * alongTerms.columns()
        && (long) parts * blocks(of.m, rows) * blocks(of.n, columns) < wanted) {
      columns = Math.ceilDiv(Math.ceilDiv(columns, 2), alongTerms.columns()) * alongTerms.columns();
    }
    TiledProduct product = of.transposeA ? alongRows : alongTerms;
    ProductStrides inPlace = strides(of, of.transposeA ? of.m : of.k, of.n);
    return new Plan(
        Math.max(1, rows), Math.max(1, columns), product.forSite(inPlace, of.n, products));
  }

  private static ProductStrides strides(Matrices of, int a, int b) {
    return of.transposeA
        ? ProductStrides.ofMatrices(1, a, b, of.n)
        : ProductStrides.ofMatrices(a, 1, b, of.n);
  }

  private static int blocks(int extent, int block) {
    return Math.ceilDiv(extent, Math.max(1, block));
  }

  private void block(
      Matrices of, TiledProduct product, Range block, float[] c, int c0, Workers workers) {
    int wide = alongTerms.columns();
    int m = block.rowTo - block.row;
    int n = block.columnTo - block.column;
    int depth = Math.min(DEPTH, block.to - block.from);
    boolean packB = of.transposeB || (m >= FEWEST_ROWS && of.n > wide);
    boolean copyA = packB && n >= PANELS_TO_COPY * wide;
    int step = packB ? wide : n;
    int strip = copyA ? ROWS : of.transposeA ? m : rowsInPlace(depth);
    boolean fetch = !copyA && !of.transposeA && of.k >= LONG_ROW && (long) of.m * of.k >= FAR;
    int stride = (of.transposeA ? strip : depth) + SKEW;
    int panels = Block.LEAD + (packB ? blocks(n, wide) * wide * depth : 0);
    float[] room = workers.packing(panels + (copyA ? (of.transposeA ? depth : strip) * stride : 0));
    int from = block.from;
    do { // once even where k is 0: C is then zero
      int terms = Math.min(DEPTH, block.to - from);
      for (int j = 0; packB && j < n; j += wide) {
        int columns = Math.min(wide, n - j);
        packPanel(of, from, terms, block.column + j, columns, wide, room, Block.LEAD + j * terms);
      }
      int bTerm = packB ? wide : of.n;
      int aStride = copyA ? stride : of.transposeA ? of.m : of.k;
      ProductStrides at = strides(of, aStride, bTerm);
      for (int row = block.row; row < block.rowTo; row += strip) {
        int rows = Math.min(strip, block.rowTo - row);
        float[] a = of.a;
        int a0 = of.a0 + (of.transposeA ? from * of.m + row : row * of.k + from);
        if (copyA) {
          int lines = of.transposeA ? terms : rows;
          int length = of.transposeA ? rows : terms;
          copyRows(lines, length, a, a0, of.transposeA ? of.m : of.k, room, panels, stride);
          a = room;
          a0 = panels;
        } else if (fetch) {
          fetch(a, a0, (rows - 1) * of.k + terms);
        }
        for (int j = 0; j < n; j += step) {
          product.run(
              at,
              rows,
              Math.min(step, n - j),
              terms,
              a,
              a0,
              packB ? room : of.b,
              packB ? Block.LEAD + j * terms : of.b0 + from * of.n + block.column + j,
              c,
              c0 + row * of.n + block.column + j,
              from == block.from);
        }
      }
      from += terms;
    } while (from < block.to);
  }

  private static int rowsInPlace(int depth) {
    return Math.max(1, STRIP / Math.max(1, depth) / ROWS_IN_PLACE) * ROWS_IN_PLACE;
  }

  /**
   * Brings a strip of A into the second cache. Read in the order it lies in, it comes from memory
   * many lines at a time; read row by row as a tile does, a few.
   */
  private static void fetch(float[] a, int from, int length) {
    int bits = 0;
    for (int i = 0; i < length; i += LINE) {
      bits |= Float.floatToRawIntBits(a[from + i]);
    }
    if (bits == NEVER_SEEN) {
      Thread.onSpinWait(); // so that the compiler keeps the loads
    }
  }

  private static void packPanel(
      Matrices of, int from, int terms, int column, int columns, int wide, float[] room, int at) {
    if (of.transposeB) {
      int b0 = of.b0 + column * of.k + from;
      Transposition.of(columns, terms, of.b, b0, of.k, room, at, wide);
    } else {
      copyRows(terms, columns, of.b, of.b0 + from * of.n + column, of.n, room, at, wide);
    }
  }

  private static void copyRows(
      int rows, int length, float[] from, int from0, int apart, float[] to, int to0, int stride) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, from0 + r * apart, to, to0 + r * stride, length);
    }
  }

  /**
   * What is worked out once for a call.
   *
   * @param rows of a part
   * @param columns of a part
   */
  private record Plan(int rows, int columns, TiledProduct product) {}

  /** Rows, columns and terms of one part. */
  private record Range(int row, int rowTo, int column, int columnTo, int from, int to) {}

  /** The operands of {@code c[m, n] = Σₖ a[m, k]·b[k, n]}, as {@link Call.Gemm} lays them out. */
  record Matrices(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0) {}
}
