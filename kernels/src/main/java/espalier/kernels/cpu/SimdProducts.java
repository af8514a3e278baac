package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/** The sums of products on vectors: which tiles suit the width. */
final class SimdProducts {
  /** Lanes of vectors that come with 32 registers. */
  private static final int LONG_VECTOR = 16;

  private static final List<DepthwiseTile> DEPTHWISE =
      followed(
          SimdWidths.all(DepthwiseTile.class, new SimdDepthwiseTile()), new ScalarDepthwiseTile());

  private static final List<DepthwiseGradientTile> DEPTHWISE_GRADIENTS =
      followed(
          SimdWidths.all(DepthwiseGradientTile.class, new SimdDepthwiseGradientTile()),
          new ScalarDepthwiseGradientTile());

  private SimdProducts() {}

  static ProductKernels create() {
    List<ProductTile> tiles =
        SimdLanes.F.length() >= LONG_VECTOR
            ? List.of(new SimdTile8(), new SimdTile4(), new SimdTile1())
            : List.of(new SimdTile4(), new SimdTile1());
    return new Products(
        new TiledProduct(tiles, List.of(new SimdShortTile4(), new ScalarTile1())),
        DEPTHWISE,
        DEPTHWISE_GRADIENTS);
  }

  private static <T> List<T> followed(List<T> tiles, T last) {
    List<T> all = new ArrayList<>(tiles);
    all.add(last);
    return List.copyOf(all);
  }
}
