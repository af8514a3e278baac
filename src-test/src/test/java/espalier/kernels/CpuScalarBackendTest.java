package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;

/** The plain Java kernels. */
final class CpuScalarBackendTest implements BackendContract {
  @Override
  public Backend open(BackendOptions options) {
    return Backends.open("cpu-scalar", options);
  }
}
