package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Keeps the contract honest: each known mistake must fail the test that is there to find it. */
final class KnownBugsAreCaughtTest {
  private static final Map<Class<? extends BackendContract>, String> FOUND_BY =
      Map.of(
          Mutants.SwapsATranspose.class, "gemmIsTheMatrixProduct",
          Mutants.MultipliesInHalfPrecision.class, "gemmIsTheMatrixProduct",
          Mutants.ForgetsTheTail.class, "averagePoolLeavesPaddingOut",
          Mutants.IgnoresPadding.class, "convolutionSumsTheTapsInsideTheInput",
          Mutants.IsOffByOneUlp.class, "functionsAreAccurate",
          Mutants.WritesBeyondItsOutput.class, "fillSetsEveryElement",
          Mutants.BreaksTiesLast.class, "maxPoolGatherReadsWhereTheFirstLargestWas",
          Mutants.SumsSquaresInOnePass.class, "momentsKeepTheirDigitsFarFromZero",
          Mutants.CountsPadding.class, "averagePoolLeavesPaddingOut");

  @Example
  void eachMistakeFailsItsTest() {
    FOUND_BY.forEach((mutant, test) -> {
      TestExecutionSummary summary = run(List.of(contractTest(mutant, test)));
      assertThat(summary.getTestsFoundCount()).as("tests of %s", mutant).isEqualTo(1);
      assertThat(summary.getFailures())
          .as("failures of %s in %s", mutant.getSimpleName(), test)
          .singleElement()
          .satisfies(
              failure -> assertThat(failure.getException()).isInstanceOf(AssertionError.class));
    });
  }

  @Example
  void theSameTestsPassWithoutAMistake() {
    List<String> tests = FOUND_BY.values().stream().distinct().toList();
    TestExecutionSummary summary =
        run(tests.stream().map(test -> contractTest(Mutants.Innocent.class, test)).toList());
    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests.size());
  }

  private static DiscoverySelector contractTest(Class<?> testClass, String test) {
    return selectMethod(testClass, test, KernelCase.class.getName());
  }

  private static TestExecutionSummary run(List<DiscoverySelector> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests)
            .configurationParameter("jqwik.reporting.usejunitplatform", "true")
            .build();
    var summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }
}
