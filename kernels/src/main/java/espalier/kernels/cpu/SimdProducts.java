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

  private static final List<List<ProductTile>> PRODUCTS = products();

  private SimdProducts() {}

  static ProductKernels create() {
    return new Products(new TiledProduct(PRODUCTS), DEPTHWISE, DEPTHWISE_GRADIENTS);
  }

  private static List<List<ProductTile>> products() {
    List<ProductTile> tall = SimdWidths.all(ProductTile.class, new SimdTile8());
    List<ProductTile> middle = SimdWidths.all(ProductTile.class, new SimdTile4());
    List<ProductTile> flat = SimdWidths.all(ProductTile.class, new SimdTile1());
    List<List<ProductTile>> tiers = new ArrayList<>();
    for (int width = 0; width < flat.size(); width++) {
      List<ProductTile> tiles = List.of(tall.get(width), middle.get(width), flat.get(width));
      tiers.add(SimdLanes.F.length() >= LONG_VECTOR ? tiles : tiles.subList(1, tiles.size()));
    }
    tiers.add(List.of(new ScalarTile4(), new ScalarTile1()));
    return List.copyOf(tiers);
  }

  private static <T> List<T> followed(List<T> tiles, T last) {
    List<T> all = new ArrayList<>(tiles);
    all.add(last);
    return List.copyOf(all);
  }
}
