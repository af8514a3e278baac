package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/** The sums of products on vectors: which tiles suit the width. */
final class SimdProducts {
  /** Lanes of vectors that come with 32 registers. */
  private static final int LONG_VECTOR = 16;

  /** Lanes of the shortest vectors. */
  private static final int FEWEST_LANES = 4;

  private static final List<DepthwiseTile> DEPTHWISE =
      followed(
          SimdWidths.all(DepthwiseTile.class, new SimdDepthwiseTile()), new ScalarDepthwiseTile());

  private static final List<DepthwiseGradientTile> DEPTHWISE_GRADIENTS =
      followed(
          SimdWidths.all(DepthwiseGradientTile.class, new SimdDepthwiseGradientTile()),
          new ScalarDepthwiseGradientTile());

  private static final TiledProduct ALONG_TERMS = product(true);
  private static final TiledProduct ALONG_ROWS = product(false);

  private SimdProducts() {}

  static ProductKernels create() {
    return new Products(ALONG_TERMS, ALONG_ROWS, DEPTHWISE, DEPTHWISE_GRADIENTS);
  }

  /**
   * Three heights of tiles; of each, tiles of ever fewer columns. The tallest suit what rows are:
   * pixels where terms are contiguous, two fewer of them than a power of two, else channels.
   */
  private static TiledProduct product(boolean alongTerms) {
    int lanes = SimdLanes.F.length();
    List<ProductTile> flat = new ArrayList<>();
    List<ProductTile> low = new ArrayList<>();
    List<ProductTile> tall = new ArrayList<>();
    tall.add(SimdWidths.tile(new SimdTile6x4(), lanes, alongTerms));
    for (int l = lanes; l >= FEWEST_LANES; l /= 2) {
      flat.add(SimdWidths.tile(new SimdTile1x2(), l, alongTerms));
      low.add(SimdWidths.tile(new SimdTile4x2(), l, alongTerms));
      ProductTile tile = alongTerms ? new SimdTile10x2() : new SimdTile8x2();
      tall.add(SimdWidths.tile(tile, l, alongTerms));
    }
    flat.add(SimdWidths.tile(new SimdTile1x1(), FEWEST_LANES, alongTerms));
    flat.add(new ScalarTile1x1());
    low.add(SimdWidths.tile(new SimdTile4x1(), FEWEST_LANES, alongTerms));
    low.add(new ScalarTile4x1());
    tall.add(SimdWidths.tile(new SimdTile8x1(), FEWEST_LANES, alongTerms));
    tall.add(new ScalarTile4x1());
    TiledProduct lower = new TiledProduct(low, new TiledProduct(flat));
    return lanes >= LONG_VECTOR ? new TiledProduct(tall, lower) : lower;
  }

  private static <T> List<T> followed(List<T> tiles, T last) {
    List<T> all = new ArrayList<>(tiles);
    all.add(last);
    return List.copyOf(all);
  }
}
