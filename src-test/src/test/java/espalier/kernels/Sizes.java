package espalier.kernels;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Extents at which vector loops, tiles and blocks go wrong. */
final class Sizes {
  private Sizes() {}

  /** One, primes and the neighbours of vector widths and small tiles. */
  static Arbitrary<Integer> small() {
    return Arbitraries.of(1, 2, 3, 4, 5, 7, 8, 9, 11, 13, 15, 16, 17, 23, 31, 32, 33);
  }

  /** As {@link #small()}, and the neighbours of larger tiles. */
  static Arbitrary<Integer> medium() {
    return Arbitraries.of(
        1, 2, 3, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 97);
  }

  /** Neighbours of the blocks in which long sums are cut. */
  static Arbitrary<Integer> aroundBlocks() {
    return Arbitraries.of(
        127, 129, 255, 256, 257, 383, 384, 385, 511, 513, 769, 1023, 1024, 1025, 2047, 2049, 3079);
  }

  /** Small sizes mostly, sizes around blocks now and then. */
  static Arbitrary<Integer> any() {
    return Arbitraries.oneOf(small(), small(), medium(), aroundBlocks());
  }

  /** Decides layout and values of a case. */
  static Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }
}
