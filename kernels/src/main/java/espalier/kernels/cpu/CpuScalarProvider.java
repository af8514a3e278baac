package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendProvider;
import java.util.Optional;

/** Announces {@code cpu-scalar}: plain Java, available everywhere. */
public final class CpuScalarProvider implements BackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public CpuScalarProvider() {}

  @Override
  public String name() {
    return "cpu-scalar";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Optional<String> unavailableReason() {
    return Optional.empty();
  }

  @Override
  public Backend open(BackendOptions options) {
    Kernels kernels = new Kernels(ScalarProducts.create(), ScalarPointKernels.create());
    return new CpuBackend(name(), "plain Java", kernels, options);
  }
}
