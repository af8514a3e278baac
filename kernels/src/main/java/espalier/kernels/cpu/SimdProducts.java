package espalier.kernels.cpu;

import java.util.List;

/** The sums of products on vectors: which tiles suit the width. */
final class SimdProducts {
  /** Lanes of vectors that come with 32 registers. */
  private static final int LONG_VECTOR = 16;

  private SimdProducts() {}

  static ProductKernels create() {
    List<ProductTile> tiles =
        SimdLanes.F.length() >= LONG_VECTOR
            ? List.of(new SimdTile8(), new SimdTile4(), new SimdTile1())
            : List.of(new SimdTile4(), new SimdTile1());
    return new Products(
        new TiledProduct(tiles, List.of(new SimdShortTile4(), new ScalarTile1())),
        List.of(new SimdDepthwiseTile(), new ScalarDepthwiseTile()),
        List.of(new SimdDepthwiseGradientTile(), new ScalarDepthwiseGradientTile()));
  }
}
