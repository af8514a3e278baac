package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Adam;
import espalier.core.train.Optimizer;
import espalier.core.train.Sgd;
import espalier.core.train.Updates;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten steps of each optimiser against its published rule in plain Java. */
class OptimizersTest {
  private static final int STEPS = 10;

  /** Two variables, four values and two, in one array. */
  private static final double[] START = {1.5, -0.4, 0.3, -1.1, 0.8, -0.6};

  private static final int FIRST = 4;

  /** The optimiser under test changes the learning rate too. */
  private static double rate(int step) {
    return 0.05 + 0.01 * step;
  }

  private static double slope(int step, int i) {
    return StrictMath.sin(3.0 * step + i);
  }

  /** The gradient of Σ w⁴/4 + Σ slope·w. */
  private static double[] gradient(int step, double[] w) {
    double[] gradient = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      gradient[i] = w[i] * w[i] * w[i] + slope(step, i);
    }
    return gradient;
  }

  /** The values after each step, computed by the engine in double precision. */
  private static List<double[]> found(Optimizer optimizer, double clip) {
    Graph graph = new Graph();
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", graph.variable("w", Shape.of(FIRST)));
    parameters.put("u", graph.variable("u", Shape.of(2, 1)));
    Tensor loss = graph.constant(0);
    for (Map.Entry<String, Tensor> parameter : parameters.entrySet()) {
      Tensor p = parameter.getValue();
      Tensor slopes = graph.feed("slope of " + parameter.getKey(), p.shape());
      loss = loss.add(p.mul(p).mul(p).mul(p).mul(0.25).sum()).add(p.mul(slopes).sum());
    }
    Updates updates =
        Updates.of(
            "optimizer", loss, parameters, optimizer, clip, graph.feed("rate", Shape.SCALAR));
    List<double[]> trajectory = new ArrayList<>();
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      session.declare("w", Shape.of(FIRST), HostData.of(Arrays.copyOf(START, FIRST)));
      session.declare(
          "u", Shape.of(2, 1), HostData.of(Arrays.copyOfRange(START, FIRST, START.length)));
      updates
          .slots()
          .forEach(slot ->
              session.declare(
                  slot.name(),
                  slot.shape(),
                  HostData.of(slot.initializer().values(slot.shape(), slot.name(), 0))));
      Executable step = session.compile(new Computation(graph, List.of(loss), updates.assigns()));
      for (int s = 0; s < STEPS; s++) {
        double[] slopes = new double[START.length];
        for (int i = 0; i < slopes.length; i++) {
          slopes[i] = slope(s, i);
        }
        session.run(
            step,
            Map.of(
                "slope of w", HostData.of(Arrays.copyOf(slopes, FIRST)),
                "slope of u", HostData.of(Arrays.copyOfRange(slopes, FIRST, slopes.length)),
                "rate", HostData.of(new double[] {rate(s)})));
        double[] now = Arrays.copyOf(session.readDoubles("w"), START.length);
        System.arraycopy(session.readDoubles("u"), 0, now, FIRST, START.length - FIRST);
        trajectory.add(now);
      }
    }
    return trajectory;
  }

  /** One step of a rule on one value, which keeps what it remembers of it. */
  private interface Rule {
    double next(int step, int i, double w, double g, double[][] memory);
  }

  private static List<double[]> expected(Rule rule, double clip) {
    double[] w = START.clone();
    double[][] memory = new double[2][w.length];
    List<double[]> trajectory = new ArrayList<>();
    for (int s = 0; s < STEPS; s++) {
      double[] g = gradient(s, w);
      double norm = Math.sqrt(Arrays.stream(g).map(value -> value * value).sum());
      double scale = clip > 0 ? Math.min(1, clip / (norm + 1e-6)) : 1;
      for (int i = 0; i < w.length; i++) {
        w[i] = rule.next(s, i, w[i], g[i] * scale, memory);
      }
      trajectory.add(w.clone());
    }
    return trajectory;
  }

  private static void agree(List<double[]> found, List<double[]> expected) {
    for (int s = 0; s < STEPS; s++) {
      assertThat(found.get(s))
          .describedAs("after step %d", s)
          .containsExactly(expected.get(s), within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false, 0",
    "0, 0.01, false, 0",
    "0.9, 0, false, 0",
    "0.9, 0.01, false, 0",
    "0.9, 0.01, true, 0",
    "0.9, 0.01, false, 0.5"
  })
  void sgdMovesAgainstItsVelocity(double momentum, double decay, boolean nesterov, double clip) {
    Rule rule =
        (s, i, w, g, memory) -> {
          double decayed = g + decay * w;
          memory[0][i] = momentum * memory[0][i] + decayed;
          double direction = nesterov ? decayed + momentum * memory[0][i] : memory[0][i];
          return w - rate(s) * direction;
        };
    agree(found(new Sgd(momentum, decay, nesterov), clip), expected(rule, clip));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.999, 0, false, 0",
    "0.5, 0.999, 0.01, false, 0",
    "0.9, 0.99, 0.05, true, 0",
    "0.9, 0.999, 0.01, true, 0.5"
  })
  void adamDividesItsMeanByItsDeviationBothCorrected(
      double beta1, double beta2, double decay, boolean decoupled, double clip) {
    double epsilon = 1e-8;
    Rule rule =
        (s, i, w, raw, memory) -> {
          double g = decoupled ? raw : raw + decay * w;
          memory[0][i] = beta1 * memory[0][i] + (1 - beta1) * g;
          memory[1][i] = beta2 * memory[1][i] + (1 - beta2) * g * g;
          double mean = memory[0][i] / (1 - Math.pow(beta1, s + 1));
          double square = memory[1][i] / (1 - Math.pow(beta2, s + 1));
          double start = decoupled ? w * (1 - rate(s) * decay) : w;
          return start - rate(s) * mean / (Math.sqrt(square) + epsilon);
        };
    agree(found(new Adam(beta1, beta2, epsilon, decay, decoupled), clip), expected(rule, clip));
  }

  @Test
  void decoupledDecayIsAnotherRule() {
    List<double[]> coupled = found(new Adam(0.9, 0.999, 1e-8, 0.1, false), 0);
    List<double[]> decoupled = found(new Adam(0.9, 0.999, 1e-8, 0.1, true), 0);
    assertThat(coupled.getLast()).isNotEqualTo(decoupled.getLast());
  }

  @Test
  void aLimitThatIsNotReachedChangesNoBit() {
    Sgd sgd = new Sgd(0.9, 0, false);
    List<double[]> free = found(sgd, 0);
    List<double[]> limited = found(sgd, 1e3);
    for (int s = 0; s < STEPS; s++) {
      assertThat(limited.get(s)).isEqualTo(free.get(s));
    }
  }
}
