package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/** Makes the point kernels on vectors. */
final class SimdPointKernels {
  private static final List<PoolLoops> POOLS = pools();

  private SimdPointKernels() {}

  static PointKernels create() {
    return create(SimdLoops.whereTheyPay());
  }

  /** The kernels whose expressions are compiled by {@code loops}. */
  static PointKernels create(LoopSource loops) {
    return new MacroPointKernels(new SimdElements(loops), new SimdChains(), POOLS);
  }

  private static List<PoolLoops> pools() {
    List<PoolLoops> pools = new ArrayList<>(SimdWidths.all(PoolLoops.class, new SimdPool()));
    pools.add(new ScalarPool());
    return List.copyOf(pools);
  }
}
