/** Backends that compute: the seam they share, the CPU kernels and the reference. */
module espalier.kernels {
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports espalier.kernels.spi;

  uses espalier.kernels.spi.BackendProvider;

  provides espalier.kernels.spi.BackendProvider with
      espalier.kernels.cpu.CpuScalarProvider,
      espalier.kernels.cpu.CpuSimdProvider,
      espalier.kernels.reference.ReferenceProvider;
}
