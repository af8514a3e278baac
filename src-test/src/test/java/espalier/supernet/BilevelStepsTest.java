package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.Initializer;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.supernet.BilevelProblem;
import espalier.core.supernet.BilevelSteps;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Sgd;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The paper's toy problem [Liu et al. 2019, figure 2]: {@code L_val = αw − 2α + 1}, {@code L_train
 * = w² − 2αw + α²}, from (2, −2), both rates 0.1. Trajectories are arithmetic of the two update
 * rules, worked out independently of this engine.
 */
class BilevelStepsTest {
  private static final Sgd PLAIN = new Sgd(0, 0, false);

  /** The toy problem; α is called {@code a}. */
  private record Toy() implements BilevelProblem {
    private static Tensor a(Scope scope) {
      return scope.parameter("a", Shape.SCALAR, new Initializer.Fill(2));
    }

    private static Tensor w(Scope scope) {
      return scope.parameter("w", Shape.SCALAR, new Initializer.Fill(-2));
    }

    @Override
    public Tensor trainLoss(Scope scope) {
      Tensor a = a(scope);
      Tensor w = w(scope);
      return w.mul(w).sub(a.mul(w).mul(2)).add(a.mul(a));
    }

    @Override
    public Tensor validLoss(Scope scope) {
      Tensor a = a(scope);
      return a.mul(w(scope)).sub(a.mul(2)).add(1);
    }

    @Override
    public boolean isArchitecture(String variable) {
      return variable.equals("a");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.7, 1, 1.56, -1.288",
    "0.7, 2, 1.27168, -0.776064",
    "0.7, 5, 0.889398, 0.073716",
    "0.7, 10, 0.792423, 0.565043",
    "0.7, 200, 0.833333, 0.833333",
    "0, 1, 2.4, -1.12",
    "0, 2, 2.712, -0.3536",
    "0, 5, 3.229839, 1.340859",
    "0, 10, 3.237197, 2.647636",
    "0, 200, 2, 2",
  })
  void followsThePublishedToyTrajectories(double xi, int steps, double alpha, double weight) {
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      BilevelSteps.Order order = xi == 0 ? BilevelSteps.Order.FIRST : BilevelSteps.Order.SECOND;
      BilevelSteps built = BilevelSteps.of(new Toy(), PLAIN, 0, PLAIN, order);
      for (Parameter variable : built.variables()) {
        session.declare(
            variable.name(),
            variable.shape(),
            HostData.of(variable.initializer().values(variable.shape(), variable.name(), 0)));
      }
      Map<String, HostData> feeds = new LinkedHashMap<>();
      feeds.put(BilevelSteps.WEIGHT_RATE, HostData.of(0.1));
      feeds.put(BilevelSteps.ARCHITECTURE_RATE, HostData.of(0.1));
      feeds.put(BilevelSteps.UNROLLED_RATE, HostData.of(xi));
      Executable architecture = session.compile(built.architecture());
      Executable weights = session.compile(built.weights());
      for (int s = 0; s < steps; s++) {
        session.run(architecture, wanted(architecture, feeds));
        session.run(weights, wanted(weights, feeds));
      }
      assertThat(session.readDoubles("a")[0]).isCloseTo(alpha, within(5e-7));
      assertThat(session.readDoubles("w")[0]).isCloseTo(weight, within(5e-7));
    }
  }

  private static Map<String, HostData> wanted(Executable executable, Map<String, HostData> feeds) {
    Map<String, HostData> wanted = new LinkedHashMap<>(feeds);
    wanted.keySet().retainAll(executable.program().feeds().keySet());
    return wanted;
  }
}
