package espalier.kernels.cpu;

import java.util.List;

/** The sums of products in plain Java. */
final class ScalarProducts {
  private ScalarProducts() {}

  static ProductKernels create() {
    TiledProduct lower = new TiledProduct(List.of(new ScalarTile1x1()));
    TiledProduct product =
        new TiledProduct(List.of(new ScalarTile4x4(), new ScalarTile4x1()), lower);
    return new Products(
        product,
        product,
        List.of(new ScalarDepthwiseTile()),
        List.of(new ScalarDepthwiseGradientTile()));
  }
}
