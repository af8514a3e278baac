/** What a backend is, and the backends that need nothing but the JDK. */
module espalier.kernels {
  requires static jdk.incubator.vector;

  exports espalier.kernels.spi;

  uses espalier.kernels.spi.BackendProvider;

  provides espalier.kernels.spi.BackendProvider with
      espalier.kernels.cpu.CpuSimdProvider,
      espalier.kernels.cpu.CpuScalarProvider;
}
