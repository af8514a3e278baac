package espalier.kernels.cpu;

import java.util.List;

/** The sums of products in plain Java. */
final class ScalarProducts {
  private ScalarProducts() {}

  static ProductKernels create() {
    return new Products(
        List.of(new ScalarTile4(), new ScalarTile1()),
        new ScalarDepthwiseTile(),
        new ScalarDepthwiseGradientTile());
  }
}
