package espalier.kernels.cpu;

/** Makes the point kernels on vectors. */
final class SimdPointKernels {
  private SimdPointKernels() {}

  static PointKernels create() {
    return new MacroPointKernels(new SimdElements(), new SimdChains(), new SimdPool());
  }
}
