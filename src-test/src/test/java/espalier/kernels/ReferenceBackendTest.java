package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Pool2dGeometry;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The oracle passes the contract like any backend, though there it is compared with itself; what
 * holds it are the known answers and the adjoint identities here.
 */
final class ReferenceBackendTest implements BackendContract {

  @Override
  public Backend open(BackendOptions options) {
    return Backends.open("reference", options);
  }

  /** Σ y·dy = Σ x·dx = Σ w·dw, as the convolution is linear in both operands. */
  @Property(seed = SEED, tries = 100)
  void gradientsOfConvolutionAreItsAdjoints(
      @ForAll("geometries") Conv2dGeometry g, @ForAll long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.plain(builder.random(), g.inputElements()));
    Ref w = builder.input(Values.plain(builder.random(), g.weightElements()));
    Ref dy = builder.input(Values.plain(builder.random(), g.outputElements()));
    Ref y = builder.output(g.outputElements());
    Ref dx = builder.output(g.inputElements());
    Ref dw = builder.output(g.weightElements());
    builder.call(new Call.Conv2d(g, x, w, y));
    builder.call(new Call.Conv2dInputGradient(g, dy, w, dx));
    builder.call(new Call.Conv2dWeightGradient(g, x, dy, dw));
    List<HostData> finals = finals(builder);
    double onOutputs = dot(finals, y, dy);
    // Doubles leave 2⁻²⁹ of the float rounding that the sums of up to a million terms would have.
    assertThat(dot(finals, x, dx)).isCloseTo(onOutputs, within(1e-8));
    assertThat(dot(finals, w, dw)).isCloseTo(onOutputs, within(1e-8));
  }

  @Provide
  Arbitrary<Conv2dGeometry> geometries() {
    return ConvolutionCases.geometries();
  }

  /** Σ gather(v)·dy = Σ v·scatter(dy), and Σ average(v)·dy = Σ v·averageGradient(dy). */
  @Property(seed = SEED, tries = 100)
  void poolingCallsAreAdjointInPairs(@ForAll("pools") Pool2dGeometry g, @ForAll long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref x = builder.input(Values.ties(builder.random(), g.inputElements()));
    Ref v = builder.input(Values.plain(builder.random(), g.inputElements()));
    Ref dy = builder.input(Values.plain(builder.random(), g.outputElements()));
    Ref gathered = builder.output(g.outputElements());
    Ref scattered = builder.output(g.inputElements());
    Ref averaged = builder.output(g.outputElements());
    Ref spread = builder.output(g.inputElements());
    builder.call(new Call.MaxPoolGather(g, x, v, gathered));
    builder.call(new Call.MaxPoolScatter(g, x, dy, scattered));
    builder.call(new Call.AveragePool(g, v, averaged));
    builder.call(new Call.AveragePoolGradient(g, dy, spread));
    List<HostData> finals = finals(builder);
    assertThat(dot(finals, v, scattered)).isCloseTo(dot(finals, gathered, dy), within(1e-8));
    assertThat(dot(finals, v, spread)).isCloseTo(dot(finals, averaged, dy), within(1e-8));
  }

  @Provide
  Arbitrary<Pool2dGeometry> pools() {
    return PoolingCases.geometries();
  }

  @Example
  void numbersKeepDoublePrecision() {
    try (Backend backend = open(BackendOptions.threads(1));
        Store store = backend.newStore()) {
      store.declare("v", DType.F32, 1);
      store.write("v", HostData.of(0.1));
      assertThat(store.read("v"))
          .isInstanceOfSatisfying(
              HostData.Doubles.class, read -> assertThat(read.values()).containsExactly(0.1));
      var results =
          store.run(backend.compile(StorePrograms.doubling(1)), Map.of("x", HostData.of(0.1)));
      assertThat(Numbers.of(results.read(0))).containsExactly(0.2);
    }
  }

  @Example
  void failuresComeToLightWhenSomethingIsRead() {
    Buffer tooSmall = new Buffer(DType.F32, 3, new Buffer.Home.Arena(0));
    Program broken =
        new Program(
            List.of(tooSmall),
            List.of(new Program.Step(new Call.Softmax(2, 2, false, new Ref(0), new Ref(0)), 0)),
            Map.of(),
            List.of(new Ref(0)),
            Map.of(DType.F32, 3));
    try (Backend backend = open(BackendOptions.threads(1));
        Store store = backend.newStore()) {
      var results = store.run(backend.compile(broken), Map.of());
      assertThatIllegalStateException()
          .isThrownBy(() -> results.read(0))
          .withMessageContaining("has 3 elements, the call expects 4");
      assertThatIllegalStateException().isThrownBy(() -> store.declare("v", DType.F32, 1));
      store.declare("v", DType.F32, 1);
    }
  }

  @Example
  void isNeverChosenBeforeAnother() {
    assertThat(Backends.providers().getLast().name()).isEqualTo("reference");
  }

  private List<HostData> finals(KernelCaseBuilder builder) {
    try (Backend backend = open(BackendOptions.threads(1))) {
      return builder.within(ErrorBound.exact()).runOn(backend);
    }
  }

  private static double dot(List<HostData> finals, Ref left, Ref right) {
    double[] a = Numbers.of(finals.get(left.id()));
    double[] b = Numbers.of(finals.get(right.id()));
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
