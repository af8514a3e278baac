package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;

/** The SIMD twin with its point kernels either always compiled or never. */
public enum CompiledLoops {
  /** Every expression is compiled before its first use. */
  ALWAYS,
  /** Every expression is interpreted. */
  NEVER;

  /** Opens the backend. */
  public Backend open(BackendOptions options) {
    LoopSource loops =
        switch (this) {
          case ALWAYS -> SimdLoops.always();
          case NEVER -> LoopSource.none();
        };
    PointKernels points = SimdPointKernels.create(loops);
    return new CpuBackend("loops", name(), new Kernels(SimdProducts.create(), points), options);
  }
}
