package espalier.kernels.cpu;

import java.util.List;

/** The sums of products in plain Java. */
final class ScalarProducts {
  private ScalarProducts() {}

  static ProductKernels create() {
    List<ProductTile> tiles = List.of(new ScalarTile4(), new ScalarTile1());
    return new Products(
        new TiledProduct(List.of(tiles)),
        List.of(new ScalarDepthwiseTile()),
        List.of(new ScalarDepthwiseGradientTile()));
  }
}
