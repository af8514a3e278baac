package espalier.kernels;

import espalier.kernels.cpu.CompiledLoops;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * Compiled expressions compute the bits of interpreted ones and of the scalar twin, with any number
 * of threads. A class that is used a few times is interpreted, so few tries of each.
 */
@Tag("width")
final class CompiledLoopsTest {
  private static final String SEED = "577215";

  @Property(seed = SEED, tries = 40)
  void expressions(@ForAll("expressions") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> expressions() {
    return Arbitraries.oneOf(
        MapCases.functions(), MapCases.expressions(), MapCases.inPlace(), MapCases.onSpecials());
  }

  @Property(seed = SEED, tries = 4)
  void manyPoints(@ForAll("manyPoints") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> manyPoints() {
    return Arbitraries.oneOf(MapCases.largeExpressions(), ReduceCases.large());
  }

  @Property(seed = SEED, tries = 40)
  void reductions(@ForAll("reductions") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> reductions() {
    return Arbitraries.oneOf(ReduceCases.sums(), ReduceCases.maxima());
  }

  @Property(seed = SEED, tries = 60)
  void channels(@ForAll("channels") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> channels() {
    return Arbitraries.oneOf(ChannelCases.maps(), ChannelCases.reductions());
  }

  private static void check(KernelCase kernelCase) {
    try (Backend oracle = Backends.open("cpu-scalar", BackendOptions.threads(1))) {
      for (int threads = 1; threads <= 2; threads++) {
        for (CompiledLoops loops : CompiledLoops.values()) {
          try (Backend twin = loops.open(BackendOptions.threads(threads))) {
            Agreement.assertSameBits(kernelCase, oracle, twin);
          }
        }
      }
    }
  }
}
