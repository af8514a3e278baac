package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendProvider;
import java.util.Optional;

/**
 * Announces {@code cpu-simd}: the Vector API. Mentions none of its classes, so that it loads, and
 * can say what is missing, where the incubator module is absent.
 */
public final class CpuSimdProvider implements BackendProvider {
  private static final String MODULE = "jdk.incubator.vector";

  /** For {@link java.util.ServiceLoader}. */
  public CpuSimdProvider() {}

  @Override
  public String name() {
    return "cpu-simd";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<String> unavailableReason() {
    return ModuleLayer.boot().findModule(MODULE).isPresent()
        ? Optional.empty()
        : Optional.of(
            "module " + MODULE + " is not loaded, start java with --add-modules " + MODULE);
  }

  /**
   * Opens the backend.
   *
   * @throws IllegalArgumentException if the property {@value VectorBits#PROPERTY} is no width
   * @throws IllegalStateException if the incubator module is absent
   */
  @Override
  public Backend open(BackendOptions options) {
    unavailableReason()
        .ifPresent(
            reason -> {
              throw new IllegalStateException("backend " + name() + ": " + reason);
            });
    VectorBits.forced();
    return SimdTwin.open(name(), options);
  }
}
