package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Matrix products. */
final class GemmCases {
  private GemmCases() {}

  /** Awkward extents in all four orientations. */
  static Arbitrary<KernelCase> gemms() {
    return of(Sizes.medium(), Sizes.medium(), Sizes.medium());
  }

  /** Long sums: around blocks, and beyond the longest chain, where they are cut. */
  static Arbitrary<KernelCase> longSums() {
    Arbitrary<Integer> k =
        Arbitraries.oneOf(
            Sizes.aroundBlocks(), Arbitraries.of(4095, 4096, 4097, 8191, 8192, 8193, 12289));
    return of(Arbitraries.of(1, 2, 5, 9), Arbitraries.of(1, 3, 16, 17), k);
  }

  /** Matrices beyond the blocks in which caches are filled. */
  static Arbitrary<KernelCase> blocks() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            of(
                Arbitraries.of(255, 257, 270),
                Arbitraries.of(257, 511, 513, 527),
                Arbitraries.of(129, 255, 257, 513))),
        Tuple.of(2, of(Arbitraries.of(241, 250, 497), Sizes.medium(), Arbitraries.of(63, 64, 513))),
        Tuple.of(
            1, of(Arbitraries.of(33, 53), Arbitraries.of(1537, 1601), Arbitraries.of(3, 515))));
  }

  /** A left operand beyond all caches. */
  static Arbitrary<KernelCase> far() {
    return of(Arbitraries.of(65_537), Arbitraries.of(2, 3), Arbitraries.of(64, 65));
  }

  /** Matrices with one long side. */
  static Arbitrary<KernelCase> thin() {
    return Arbitraries.oneOf(
        of(Sizes.aroundBlocks(), Arbitraries.of(1, 2, 17), Sizes.small()),
        of(Arbitraries.of(1, 2, 17), Sizes.aroundBlocks(), Sizes.small()));
  }

  private static Arbitrary<KernelCase> of(
      Arbitrary<Integer> m, Arbitrary<Integer> n, Arbitrary<Integer> k) {
    Arbitrary<Boolean> transpose = Arbitraries.of(true, false);
    return Combinators.combine(m, n, k, transpose, transpose, Sizes.seeds()).as(GemmCases::gemm);
  }

  static KernelCase gemm(int m, int n, int k, boolean transposeA, boolean transposeB, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref a = builder.input(Values.mixed(builder.random(), m * k));
    Ref b = builder.input(Values.mixed(builder.random(), k * n));
    Ref c = builder.output(m * n);
    return builder
        .call(new Call.Gemm(m, n, k, transposeA, transposeB, a, b, c))
        .within(ErrorBound.sum(k, List.of(a, b)));
  }
}
