package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Planner;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.tensor.Draw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the expression, planning it changes nothing but its cost. */
class PlannedExpressionsTest {

  @Provide
  Arbitrary<RandomGraph> expressions() {
    return Arbitraries.randomValue(random -> new RandomGraph(new Draw(random)));
  }

  @Property(tries = 400, seed = "201")
  void resultsAndAssignedVariablesAreThoseOfAnEvaluationNodeByNode(
      @ForAll("expressions") RandomGraph expression) {
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      Executable executable = session.compile(computation(expression));
      declareVariables(session, expression);
      Map<String, double[]> leaves = expression.leafValues();
      for (int run = 0; run < 3; run++) {
        Values found = session.run(executable, feeds(executable, expression));
        Eager expected = Eager.evaluate(expression.graph, leaves);
        for (int r = 0; r < expression.results.size(); r++) {
          assertThat(bits(found.doubles(r)))
              .as("run %d, result %s", run, expression.results.get(r))
              .isEqualTo(bits(expected.value(expression.results.get(r))));
        }
        expression.assigns.forEach(
            (name, tensor) -> leaves.put(name, expected.value(tensor).clone()));
        for (String name : expression.variables.keySet()) {
          assertThat(bits(session.readDoubles(name)))
              .as("run %d, variable %s after %s", run, name, expression.assigns)
              .isEqualTo(bits(leaves.get(name)));
        }
      }
    }
  }

  @Property(tries = 300, seed = "202")
  void fusedPassesGiveTheBitsOfPassesThatStoreEveryStep(
      @ForAll("expressions") RandomGraph expression) {
    try (Backend backend = Backends.open(singlePrecision(), BackendOptions.threads(1));
        Session session = new Session(backend)) {
      declareVariables(session, expression);
      Executable fused = session.compile(of(expression, expression.results));
      Executable stored = session.compile(of(expression, expression.tensors));
      Values fusedValues = session.run(fused, feeds(fused, expression));
      List<double[]> found =
          expression.results.stream()
              .map(tensor -> fusedValues.doubles(expression.results.indexOf(tensor)))
              .toList();
      Values storedValues = session.run(stored, feeds(stored, expression));
      for (int r = 0; r < found.size(); r++) {
        Tensor result = expression.results.get(r);
        double[] expected = storedValues.doubles(expression.tensors.indexOf(result));
        assertThat(bits(found.get(r))).as("%s", result).isEqualTo(bits(expected));
      }
    }
  }

  @Property(tries = 400, seed = "203")
  void buffersThatAreWantedAtTheSameTimeLieApart(@ForAll("expressions") RandomGraph expression) {
    ProgramMemory.check(Planner.plan(computation(expression)));
    ProgramMemory.check(Planner.plan(of(expression, expression.tensors)));
  }

  @Property(tries = 100, seed = "204")
  void planningTwiceGivesEqualPrograms(@ForAll("expressions") RandomGraph expression) {
    Program once = Planner.plan(computation(expression));
    Program again = Planner.plan(computation(expression));
    assertThat(again).isEqualTo(once);
  }

  /** The backend whose bits count, where it can be opened. */
  private static String singlePrecision() {
    return Backends.providers().stream()
        .filter(provider -> provider.name().equals("cpu-scalar"))
        .filter(provider -> provider.unavailableReason().isEmpty())
        .findFirst()
        .map(provider -> provider.name())
        .orElse("reference");
  }

  private static Computation computation(RandomGraph expression) {
    return new Computation(expression.graph, expression.results, expression.assigns);
  }

  private static Computation of(RandomGraph expression, List<Tensor> results) {
    return new Computation(expression.graph, results, Map.of());
  }

  private static void declareVariables(Session session, RandomGraph expression) {
    expression.variables.forEach((name, values) ->
        session.declare(name, expression.graph.variables().get("a").shape(), HostData.of(values)));
  }

  private static Map<String, HostData> feeds(Executable executable, RandomGraph expression) {
    Map<String, HostData> feeds = new LinkedHashMap<>();
    for (String name : executable.program().feeds().keySet()) {
      feeds.put(name, HostData.of(expression.feeds.get(name)));
    }
    return feeds;
  }

  /** Every NaN is the same one; zeros of either sign differ. */
  private static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToLongBits(values[i]);
    }
    return bits;
  }
}
