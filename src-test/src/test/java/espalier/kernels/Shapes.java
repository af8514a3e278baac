package espalier.kernels;

import espalier.kernels.spi.Dims;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Shapes of one to four axes, all with elements. */
final class Shapes {
  private Shapes() {}

  /** Shapes with more elements than one thread is given at once. */
  static Arbitrary<Dims> large() {
    return Arbitraries.of(
        Dims.of(32_767),
        Dims.of(70_001),
        Dims.of(2, 33_333),
        Dims.of(257, 129),
        Dims.of(40_001, 1),
        Dims.of(3, 1_031, 17),
        Dims.of(1_025, 3, 16),
        Dims.of(2, 131, 4, 65));
  }

  /** Shapes of all ranks, axes around vector widths and blocks. */
  static Arbitrary<Dims> any() {
    Arbitrary<Integer> tiny = Arbitraries.of(1, 2, 3, 5);
    return Arbitraries.oneOf(
        Arbitraries.oneOf(Sizes.any(), Arbitraries.of(4095, 4097, 8193)).map(Dims::of),
        Combinators.combine(Sizes.small(), Sizes.any()).as(Dims::of),
        Combinators.combine(Sizes.any(), Sizes.small()).as(Dims::of),
        Combinators.combine(tiny, Sizes.small(), Sizes.small()).as(Dims::of),
        Combinators.combine(tiny, Sizes.aroundBlocks(), tiny).as(Dims::of),
        Combinators.combine(tiny, tiny, Sizes.small(), Sizes.small()).as(Dims::of));
  }
}
