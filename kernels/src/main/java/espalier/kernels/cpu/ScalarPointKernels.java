package espalier.kernels.cpu;

import java.util.List;

/** Makes the point kernels in plain Java. */
final class ScalarPointKernels {
  private ScalarPointKernels() {}

  static PointKernels create() {
    return new MacroPointKernels(
        new ScalarElements(), new ScalarChains(), List.of(new ScalarPool()));
  }
}
