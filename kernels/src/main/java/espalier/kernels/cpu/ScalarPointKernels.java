package espalier.kernels.cpu;

/** Makes the point kernels in plain Java. */
final class ScalarPointKernels {
  private ScalarPointKernels() {}

  static PointKernels create() {
    return new MacroPointKernels(new ScalarElements(), new ScalarChains(), new ScalarPool());
  }
}
