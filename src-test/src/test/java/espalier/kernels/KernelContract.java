package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What every kernel of every backend must compute: the reference's values within a derived bound,
 * and nothing outside the buffers the call writes.
 */
interface KernelContract {
  String SEED = "271828";
  int THREADS = 2;

  /** The backend under test. */
  Backend open(BackendOptions options);

  @Property(seed = SEED, tries = 80)
  default void gemmIsTheMatrixProduct(@ForAll("gemms") KernelCase gemm) {
    check(gemm);
  }

  @Provide
  default Arbitrary<KernelCase> gemms() {
    return GemmCases.gemms();
  }

  @Property(seed = SEED, tries = 30)
  default void gemmSumsLongChainsAndCutOnes(@ForAll("longGemms") KernelCase gemm) {
    check(gemm);
  }

  @Provide
  default Arbitrary<KernelCase> longGemms() {
    return GemmCases.longSums();
  }

  @Property(seed = SEED, tries = 5)
  default void gemmJoinsItsBlocks(@ForAll("blockedGemms") KernelCase gemm) {
    check(gemm);
  }

  @Provide
  default Arbitrary<KernelCase> blockedGemms() {
    return GemmCases.blocks();
  }

  @Property(seed = SEED, tries = 30)
  default void gemmWorksOnThinMatrices(@ForAll("thinGemms") KernelCase gemm) {
    check(gemm);
  }

  @Provide
  default Arbitrary<KernelCase> thinGemms() {
    return GemmCases.thin();
  }

  @Property(seed = SEED, tries = 150)
  default void convolutionSumsTheTapsInsideTheInput(@ForAll("convolutions") KernelCase conv) {
    check(conv);
  }

  @Provide
  default Arbitrary<KernelCase> convolutions() {
    return ConvolutionCases.forward();
  }

  @Property(seed = SEED, tries = 150)
  default void inputGradientIsTheTransposedConvolution(
      @ForAll("inputGradients") KernelCase gradient) {
    check(gradient);
  }

  @Provide
  default Arbitrary<KernelCase> inputGradients() {
    return ConvolutionCases.inputGradients();
  }

  @Property(seed = SEED, tries = 150)
  default void weightGradientCorrelatesInputsWithOutputs(
      @ForAll("weightGradients") KernelCase gradient) {
    check(gradient);
  }

  @Provide
  default Arbitrary<KernelCase> weightGradients() {
    return ConvolutionCases.weightGradients();
  }

  @Property(seed = SEED, tries = 15)
  default void weightGradientSumsMoreImagesThanFitOneChain(
      @ForAll("cutWeightGradients") KernelCase gradient) {
    check(gradient);
  }

  @Provide
  default Arbitrary<KernelCase> cutWeightGradients() {
    return ConvolutionCases.cutWeightGradients();
  }

  @Property(seed = SEED, tries = 20)
  default void convolutionsHandleManyImagesAndWeights(
      @ForAll("largeConvolutions") KernelCase conv) {
    check(conv);
  }

  @Provide
  default Arbitrary<KernelCase> largeConvolutions() {
    return ConvolutionCases.large();
  }

  @Property(seed = SEED, tries = 12)
  default void convolutionsHandleChannelsThatFillTiles(@ForAll("fullTiles") KernelCase conv) {
    check(conv);
  }

  @Provide
  default Arbitrary<KernelCase> fullTiles() {
    return ConvolutionCases.fullTiles();
  }

  @Property(seed = SEED, tries = 80)
  default void maxPoolTakesTheLargestOfEachWindow(@ForAll("maxPools") KernelCase pool) {
    check(pool);
  }

  @Provide
  default Arbitrary<KernelCase> maxPools() {
    return PoolingCases.maxima();
  }

  @Property(seed = SEED, tries = 80)
  default void maxPoolScatterAddsWhereTheFirstLargestWas(@ForAll("scatters") KernelCase pool) {
    check(pool);
  }

  @Provide
  default Arbitrary<KernelCase> scatters() {
    return PoolingCases.scatters();
  }

  @Property(seed = SEED, tries = 80)
  default void maxPoolGatherReadsWhereTheFirstLargestWas(@ForAll("gathers") KernelCase pool) {
    check(pool);
  }

  @Provide
  default Arbitrary<KernelCase> gathers() {
    return PoolingCases.gathers();
  }

  @Property(seed = SEED, tries = 80)
  default void averagePoolLeavesPaddingOut(@ForAll("averages") KernelCase pool) {
    check(pool);
  }

  @Provide
  default Arbitrary<KernelCase> averages() {
    return PoolingCases.averages();
  }

  @Property(seed = SEED, tries = 80)
  default void averagePoolGradientSpreadsEachWindow(@ForAll("averageGradients") KernelCase pool) {
    check(pool);
  }

  @Provide
  default Arbitrary<KernelCase> averageGradients() {
    return PoolingCases.averageGradients();
  }

  @Property(seed = SEED, tries = 100)
  default void momentsKeepTheirDigitsFarFromZero(@ForAll("moments") KernelCase moments) {
    check(moments);
  }

  @Provide
  default Arbitrary<KernelCase> moments() {
    return StatisticsCases.moments();
  }

  @Property(seed = SEED, tries = 80)
  default void softmaxOfEachRowSumsToOne(@ForAll("softmaxes") KernelCase softmax) {
    check(softmax);
  }

  @Provide
  default Arbitrary<KernelCase> softmaxes() {
    return StatisticsCases.softmax();
  }

  @Property(seed = SEED, tries = 34)
  default void functionsHandleSpecialValues(@ForAll("specials") KernelCase function) {
    check(function);
  }

  @Provide
  default Arbitrary<KernelCase> specials() {
    return MapCases.onSpecials();
  }

  @Property(seed = SEED, tries = 120)
  default void functionsAreAccurate(@ForAll("functions") KernelCase function) {
    check(function);
  }

  @Provide
  default Arbitrary<KernelCase> functions() {
    return MapCases.functions();
  }

  @Property(seed = SEED, generation = GenerationMode.EXHAUSTIVE)
  default void functionsAreAccurateOverTheirWholeRange(@ForAll("wholeRange") KernelCase function) {
    check(function);
  }

  @Provide
  default Arbitrary<KernelCase> wholeRange() {
    return MapCases.wholeRange();
  }

  @Property(seed = SEED, tries = 120)
  default void expressionsAreEvaluatedOverBroadcastOperands(
      @ForAll("expressions") KernelCase expression) {
    check(expression);
  }

  @Provide
  default Arbitrary<KernelCase> expressions() {
    return MapCases.expressions();
  }

  @Property(seed = SEED, tries = 60)
  default void resultsMayOverwriteInputs(@ForAll("inPlace") KernelCase expression) {
    check(expression);
  }

  @Provide
  default Arbitrary<KernelCase> inPlace() {
    return MapCases.inPlace();
  }

  @Property(seed = SEED, tries = 120)
  default void sumsRunOverAnyAxes(@ForAll("sums") KernelCase reduction) {
    check(reduction);
  }

  @Provide
  default Arbitrary<KernelCase> sums() {
    return ReduceCases.sums();
  }

  @Property(seed = SEED, tries = 80)
  default void maximaRunOverAnyAxes(@ForAll("maxima") KernelCase reduction) {
    check(reduction);
  }

  @Provide
  default Arbitrary<KernelCase> maxima() {
    return ReduceCases.maxima();
  }

  @Property(seed = SEED, tries = 100)
  default void copyMovesOneBox(@ForAll("copies") KernelCase copy) {
    check(copy);
  }

  @Provide
  default Arbitrary<KernelCase> copies() {
    return MovementCases.copies();
  }

  @Property(seed = SEED, tries = 30)
  default void elementsAreSharedOutAmongThreads(@ForAll("largeBoxes") KernelCase kernelCase) {
    check(kernelCase);
  }

  @Provide
  default Arbitrary<KernelCase> largeBoxes() {
    return Arbitraries.oneOf(
        MapCases.largeExpressions(),
        ReduceCases.large(),
        MovementCases.largeCopies(),
        MovementCases.largeTables());
  }

  @Property(seed = SEED, tries = 40)
  default void fillSetsEveryElement(@ForAll("fills") KernelCase fill) {
    check(fill);
  }

  @Provide
  default Arbitrary<KernelCase> fills() {
    return MovementCases.fills();
  }

  @Property(seed = SEED, tries = 40)
  default void oneHotMarksTheLabel(@ForAll("oneHots") KernelCase oneHot) {
    check(oneHot);
  }

  @Provide
  default Arbitrary<KernelCase> oneHots() {
    return MovementCases.oneHots();
  }

  @Property(seed = SEED, tries = 60)
  default void rowsOfATableAreGathered(@ForAll("gatheredRows") KernelCase gather) {
    check(gather);
  }

  @Provide
  default Arbitrary<KernelCase> gatheredRows() {
    return MovementCases.gatheredRows();
  }

  @Property(seed = SEED, tries = 60)
  default void rowsAreAddedUpInATable(@ForAll("scatteredRows") KernelCase scatter) {
    check(scatter);
  }

  @Provide
  default Arbitrary<KernelCase> scatteredRows() {
    return MovementCases.scatteredRows();
  }

  @Property(seed = SEED, tries = 40)
  default void uniformDependsOnKeyStreamAndPositionAlone(@ForAll("uniforms") KernelCase uniform) {
    check(uniform);
  }

  @Provide
  default Arbitrary<KernelCase> uniforms() {
    return MovementCases.uniforms();
  }

  private void check(KernelCase kernelCase) {
    try (Backend backend = open(BackendOptions.threads(THREADS))) {
      Agreement.assertMatchesReference(backend, kernelCase);
    }
  }
}
