package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * The CPU twins compute the same bits, with any number of threads. Runs at every vector width,
 * among them some the machine emulates slowly: so few tries of each.
 */
@Tag("width")
final class TwinParityTest {
  private static final String SEED = "314159";

  @Property(seed = SEED, tries = 60)
  void products(@ForAll("products") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> products() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, GemmCases.gemms()),
        Tuple.of(2, GemmCases.thin()),
        Tuple.of(1, GemmCases.longSums()));
  }

  @Property(seed = SEED, tries = 3)
  void productsOfFarOperands(@ForAll("farOperands") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> farOperands() {
    return GemmCases.far();
  }

  @Property(seed = SEED, tries = 120)
  void convolutions(@ForAll("convolutions") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> convolutions() {
    return Arbitraries.oneOf(
        ConvolutionCases.forward(),
        ConvolutionCases.inputGradients(),
        ConvolutionCases.weightGradients());
  }

  @Property(seed = SEED, tries = 60)
  void fewChannels(@ForAll("fewChannels") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> fewChannels() {
    return ConvolutionCases.fewChannels();
  }

  @Property(seed = SEED, tries = 12)
  void fullTiles(@ForAll("fullTiles") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> fullTiles() {
    return ConvolutionCases.fullTiles();
  }

  @Property(seed = SEED, tries = 5)
  void cutSums(@ForAll("cutSums") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> cutSums() {
    return ConvolutionCases.cutWeightGradients();
  }

  @Property(seed = SEED, tries = 20)
  void largeCalls(@ForAll("largeCalls") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> largeCalls() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, GemmCases.blocks()),
        Tuple.of(6, ConvolutionCases.large()),
        Tuple.of(2, MapCases.largeExpressions()),
        Tuple.of(2, ReduceCases.large()),
        Tuple.of(1, MovementCases.largeCopies()),
        Tuple.of(1, MovementCases.largeTables()));
  }

  @Property(seed = SEED, tries = 100)
  void pooling(@ForAll("pooling") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> pooling() {
    return Arbitraries.oneOf(
        PoolingCases.maxima(),
        PoolingCases.scatters(),
        PoolingCases.gathers(),
        PoolingCases.averages(),
        PoolingCases.averageGradients());
  }

  @Property(seed = SEED, tries = 20)
  void largePooling(@ForAll("largePooling") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> largePooling() {
    return PoolingCases.large();
  }

  @Property(seed = SEED, tries = 60)
  void statistics(@ForAll("statistics") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> statistics() {
    return Arbitraries.oneOf(StatisticsCases.moments(), StatisticsCases.softmax());
  }

  @Property(seed = SEED, tries = 34)
  void specialValues(@ForAll("specialValues") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> specialValues() {
    return Arbitraries.oneOf(MapCases.onSpecials(), MapCases.wholeRange());
  }

  @Property(seed = SEED, tries = 120)
  void elementwise(@ForAll("elementwise") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> elementwise() {
    return Arbitraries.oneOf(MapCases.functions(), MapCases.expressions(), MapCases.inPlace());
  }

  @Property(seed = SEED, tries = 120)
  void reductions(@ForAll("reductions") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> reductions() {
    return Arbitraries.oneOf(ReduceCases.sums(), ReduceCases.maxima());
  }

  @Property(seed = SEED, tries = 60)
  void movement(@ForAll("movement") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  Arbitrary<KernelCase> movement() {
    return Arbitraries.oneOf(
        MovementCases.copies(),
        MovementCases.fills(),
        MovementCases.oneHots(),
        MovementCases.gatheredRows(),
        MovementCases.scatteredRows(),
        MovementCases.uniforms());
  }

  private static void check(KernelCase kernelCase) {
    try (Backend oracle = Backends.open("cpu-scalar", BackendOptions.threads(1))) {
      for (int threads = 1; threads <= 3; threads++) {
        assertSameBits(kernelCase, oracle, "cpu-simd", threads);
      }
      assertSameBits(kernelCase, oracle, "cpu-scalar", 3);
    }
  }

  private static void assertSameBits(
      KernelCase kernelCase, Backend oracle, String name, int threads) {
    try (Backend twin = Backends.open(name, BackendOptions.threads(threads))) {
      Agreement.assertSameBits(kernelCase, oracle, twin);
    }
  }
}
