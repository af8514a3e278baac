package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Keeps the contract honest: each known mistake must fail the test that is there to find it. */
final class KnownBugsAreCaughtTest {
  private static final Map<Class<? extends BackendContract>, List<String>> FOUND_BY =
      Map.of(
          Mutants.SwapsATranspose.class,
          List.of("gemmIsTheMatrixProduct", "gemmOfSmallMatricesInAllOrientations"),
          Mutants.MultipliesInHalfPrecision.class,
          List.of("gemmIsTheMatrixProduct", "gemmWorksOnThinMatrices"),
          Mutants.ForgetsTheTail.class,
          List.of("averagePoolLeavesPaddingOut", "copyMovesOneBox", "sumsRunOverAnyAxes"),
          Mutants.IgnoresPadding.class,
          List.of(
              "convolutionSumsTheTapsInsideTheInput",
              "inputGradientIsTheTransposedConvolution",
              "weightGradientCorrelatesInputsWithOutputs"),
          Mutants.IsOffByOneUlp.class,
          List.of("functionsAreAccurate", "expressionsAreEvaluatedOverBroadcastOperands"),
          Mutants.WritesBeyondItsOutput.class,
          List.of("fillSetsEveryElement", "softmaxOfEachRowSumsToOne"),
          Mutants.BreaksTiesLast.class,
          List.of("maxPoolGatherReadsWhereTheFirstLargestWas"),
          Mutants.SumsSquaresInOnePass.class,
          List.of("momentsKeepTheirDigitsFarFromZero"),
          Mutants.CountsPadding.class,
          List.of("averagePoolLeavesPaddingOut"),
          Mutants.HidesItsMemory.class,
          List.of("twoProgramsShareOneArenaThatGrows"));

  @Example
  void eachMistakeFailsItsTest() {
    FOUND_BY.forEach((mutant, tests) -> {
      for (String test : tests) {
        assertThat(run(List.of(contractTest(mutant, test))).getFailures())
            .as("failures of %s in %s", mutant.getSimpleName(), test)
            .singleElement()
            .satisfies(
                failure -> assertThat(failure.getException()).isInstanceOf(AssertionError.class));
      }
    });
  }

  @Example
  void theSameTestsPassWithoutAMistake() {
    List<String> tests = FOUND_BY.values().stream().flatMap(List::stream).distinct().toList();
    TestExecutionSummary summary =
        run(tests.stream().map(test -> contractTest(Mutants.Innocent.class, test)).toList());
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests.size());
  }

  private static DiscoverySelector contractTest(
      Class<? extends BackendContract> testClass, String name) {
    return Arrays.stream(testClass.getMethods())
        .filter(method -> method.getName().equals(name))
        .map(method -> selectMethod(testClass, method))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the contract has no test " + name));
  }

  private static TestExecutionSummary run(List<DiscoverySelector> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests)
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    var summary = new SummaryGeneratingListener();
    // The listeners of the run this test belongs to must not hear of the failures in here.
    LauncherConfig apart =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build();
    LauncherFactory.create(apart).execute(request, summary);
    return summary.getSummary();
  }
}
