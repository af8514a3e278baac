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

  private static final TiledProduct ALONG_TERMS = product(FixedStrides.ALONG_TERMS);
  private static final TiledProduct ALONG_ROWS = product(FixedStrides.ALONG_ROWS);

  private SimdProducts() {}

  static ProductKernels create() {
    return new Products(ALONG_TERMS, ALONG_ROWS, DEPTHWISE, DEPTHWISE_GRADIENTS);
  }

  /**
   * Three heights of tiles; of each, tiles of ever fewer columns. The tallest suit what rows are:
   * pixels where terms are contiguous, two fewer of them than a power of two, else channels.
   */
  private static TiledProduct product(FixedStrides along) {
    int lanes = SimdLanes.F.length();
    List<ProductTile> flat = new ArrayList<>();
    List<ProductTile> low = new ArrayList<>();
    List<ProductTile> tall = new ArrayList<>();
    boolean ofPixels = along.equals(FixedStrides.ALONG_TERMS);
    Class<? extends ProductTile> ofTwo = ofPixels ? SimdTile10x2.class : SimdTile8x2.class;
    tall.add(SimdWidths.tile(SimdTile6x4.class, lanes, along));
    for (int l = lanes; l >= FEWEST_LANES; l /= 2) {
      flat.add(SimdWidths.tile(SimdTile1x2.class, l, along));
      low.add(SimdWidths.tile(SimdTile4x2.class, l, along));
      tall.add(SimdWidths.tile(ofTwo, l, along));
    }
    flat.add(SimdWidths.tile(SimdTile1x1.class, FEWEST_LANES, along));
    flat.add(new ScalarTile1x1());
    low.add(SimdWidths.tile(SimdTile4x1.class, FEWEST_LANES, along));
    low.add(new ScalarTile4x1());
    tall.add(SimdWidths.tile(SimdTile8x1.class, FEWEST_LANES, along));
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
