package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;

/** The vector kernels, at the width the machine prefers. */
final class CpuSimdBackendTest implements BackendContract {
  @Override
  public Backend open(BackendOptions options) {
    return Backends.open("cpu-simd", options);
  }
}
