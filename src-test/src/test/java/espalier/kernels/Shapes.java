package espalier.kernels;

import espalier.kernels.spi.Dims;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Shapes of one to four axes, all with elements. */
final class Shapes {
  private Shapes() {}

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
