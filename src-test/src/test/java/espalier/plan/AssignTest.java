package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every variable is read as it was when the run started, and overwritten where it lies if it can.
 */
class AssignTest {
  private static final Shape THREE = Shape.of(3);

  private final Backend backend = Backends.open("reference", BackendOptions.threads(1));
  private final Session session = new Session(backend);
  private final Graph graph = new Graph();
  private final Tensor a = graph.variable("a", THREE);
  private final Tensor b = graph.variable("b", THREE);
  private final Map<String, Tensor> assigns = new LinkedHashMap<>();

  @BeforeEach
  void declare() {
    session.declare("a", THREE, HostData.of(1.0, 2.0, 3.0));
    session.declare("b", THREE, HostData.of(10.0, 20.0, 30.0));
  }

  @AfterEach
  void close() {
    session.close();
    backend.close();
  }

  private Executable compile(Tensor... results) {
    return session.compile(new Computation(graph, List.of(results), assigns));
  }

  private static boolean writesVariable(Program program, Call call, String name) {
    return call.writes().stream()
        .map(program::buffer)
        .map(Buffer::home)
        .anyMatch(new Buffer.Home.Variable(name)::equals);
  }

  @Test
  void twoVariablesSwap() {
    assigns.put("a", b);
    assigns.put("b", a);
    session.run(compile(), Map.of());
    assertThat(session.readDoubles("a")).containsExactly(10, 20, 30);
    assertThat(session.readDoubles("b")).containsExactly(1, 2, 3);
  }

  @Test
  void aVariableThatChangesIsReadBeforeItDoes() {
    assigns.put("a", a.add(1));
    assigns.put("b", a);
    Values values = session.run(compile(a, b), Map.of());
    assertThat(values.doubles(0)).containsExactly(1, 2, 3);
    assertThat(values.doubles(1)).containsExactly(10, 20, 30);
    assertThat(session.readDoubles("a")).containsExactly(2, 3, 4);
    assertThat(session.readDoubles("b")).containsExactly(1, 2, 3);
  }

  @Test
  void eachOfTwoVariablesIsComputedFromTheOld() {
    assigns.put("a", b.add(1));
    assigns.put("b", a.add(1));
    session.run(compile(), Map.of());
    assertThat(session.readDoubles("a")).containsExactly(11, 21, 31);
    assertThat(session.readDoubles("b")).containsExactly(2, 3, 4);
  }

  @Test
  void stochasticGradientDescentWithMomentumRunsInPlace() {
    Tensor gradient = graph.feed("gradient", THREE);
    Tensor velocity = b.mul(0.9).add(gradient);
    assigns.put("b", velocity);
    assigns.put("a", a.sub(velocity.mul(0.1)));
    Executable step = compile();
    assertThat(step.program().steps())
        .hasSize(2)
        .allMatch(s -> s.call() instanceof Call.Map)
        .anyMatch(s -> writesVariable(step.program(), s.call(), "a"))
        .anyMatch(s -> writesVariable(step.program(), s.call(), "b"));
    double[] weights = {1, 2, 3};
    double[] momentum = {10, 20, 30};
    double[] gradients = {0.5, -0.25, 8};
    for (int run = 0; run < 3; run++) {
      session.run(step, Map.of("gradient", HostData.of(gradients)));
      for (int i = 0; i < 3; i++) {
        momentum[i] = momentum[i] * 0.9 + gradients[i];
        weights[i] = weights[i] - momentum[i] * 0.1;
      }
      assertThat(session.readDoubles("b")).isEqualTo(momentum);
      assertThat(session.readDoubles("a")).isEqualTo(weights);
    }
  }

  @Test
  void oneTensorMayBeAssignedToTwoVariablesAndAnswered() {
    Tensor sum = a.add(b);
    assigns.put("a", sum);
    assigns.put("b", sum);
    Values values = session.run(compile(sum), Map.of());
    assertThat(values.doubles(0)).containsExactly(11, 22, 33);
    assertThat(session.readDoubles("a")).containsExactly(11, 22, 33);
    assertThat(session.readDoubles("b")).containsExactly(11, 22, 33);
  }

  @Test
  void aResultStaysWhatItWasWhenItsVariableIsWrittenBeforeItIsRead() {
    Tensor next = a.add(1);
    assigns.put("a", next);
    Values values = session.run(compile(next.reshape(Shape.of(1, 3)), b), Map.of());
    session.write("a", HostData.of(-1.0, -1.0, -1.0));
    session.write("b", HostData.of(-1.0, -1.0, -1.0));
    assertThat(values.doubles(0)).containsExactly(2, 3, 4);
    assertThat(values.doubles(1)).containsExactly(10, 20, 30);
  }

  @Test
  void feedsConstantsAndBroadcastsAreAssignedDirectly() {
    Tensor feed = graph.feed("x", THREE);
    assigns.put("a", feed);
    assigns.put("b", graph.constant(7, THREE));
    assigns.put("c", graph.feed("s", Shape.SCALAR).broadcast(THREE));
    session.declare("c", THREE);
    Map<String, HostData> feeds = new LinkedHashMap<>();
    feeds.put("x", HostData.of(4.0, 5.0, 6.0));
    feeds.put("s", HostData.of(0.5));
    session.run(compile(), feeds);
    assertThat(session.readDoubles("a")).containsExactly(4, 5, 6);
    assertThat(session.readDoubles("b")).containsExactly(7, 7, 7);
    assertThat(session.readDoubles("c")).containsExactly(0.5, 0.5, 0.5);
  }

  @Test
  void aVariableReadOnlyThroughReshapesIsStillOverwrittenInPlace() {
    Tensor column = a.reshape(Shape.of(3, 1));
    assigns.put("a", column.mul(column).reshape(THREE));
    Executable square = compile();
    assertThat(square.program().steps())
        .hasSize(1)
        .allMatch(s -> writesVariable(square.program(), s.call(), "a"));
    session.run(square, Map.of());
    assertThat(session.readDoubles("a")).containsExactly(1, 4, 9);
  }

  @Test
  void aVariableThatMeetsItselfAcrossTheAxesIsNotOverwrittenWhileItIsRead() {
    Tensor outer = a.reshape(Shape.of(3, 1)).sub(a);
    assigns.put("a", outer.sum(1, 2).reshape(THREE));
    session.run(compile(), Map.of());
    assertThat(session.readDoubles("a")).containsExactly(-3, 0, 3);
  }

  @Test
  void assigningAVariableToItselfKeepsIt() {
    assigns.put("a", a);
    session.run(compile(a), Map.of());
    assertThat(session.readDoubles("a")).containsExactly(1, 2, 3);
  }
}
