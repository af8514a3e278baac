package espalier.kernels.cpu;

/** Makes the point kernels on vectors. */
final class SimdPointKernels {
  private SimdPointKernels() {}

  static PointKernels create() {
    SimdElements elements = new SimdElements(SimdLoops.whereTheyPay());
    return new MacroPointKernels(elements, new SimdChains(), new SimdPool());
  }
}
