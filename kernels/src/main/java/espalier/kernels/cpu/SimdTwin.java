package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;

/**
 * The way from the provider, which must load everywhere, to the classes that use the Vector API.
 */
final class SimdTwin {
  private SimdTwin() {}

  static Backend open(String name, BackendOptions options) {
    Kernels kernels = new Kernels(SimdProducts.create(), SimdPointKernels.create());
    String unit = "%d-bit vectors".formatted(SimdLanes.F.vectorBitSize());
    return new CpuBackend(name, unit, kernels, options);
  }
}
