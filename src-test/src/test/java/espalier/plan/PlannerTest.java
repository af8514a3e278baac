package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Planner;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the planner merges, drops, fuses and shares. */
class PlannerTest {
  private final Graph graph = new Graph();
  private final Tensor x = graph.feed("x", Shape.of(2, 5, 4, 3));
  private final Tensor w = graph.variable("w", Shape.of(3, 3, 3, 3));

  private static List<Call> calls(Tensor... results) {
    return calls(Planner.plan(Computation.of(results)));
  }

  private static List<Call> calls(Program program) {
    return program.steps().stream().map(Program.Step::call).toList();
  }

  private static long count(List<Call> calls, Class<? extends Call> type) {
    return calls.stream().filter(type::isInstance).count();
  }

  private static double[] run(Map<String, HostData> feeds, Tensor result) {
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      Values values = session.run(session.compile(Computation.of(result)), feeds);
      return values.doubles(0);
    }
  }

  /** Uses of {@code fn} in all passes. */
  private static long uses(List<Call> calls, Fn fn) {
    return calls.stream()
        .flatMap(call ->
            switch (call) {
              case Call.Map map -> map.expr().steps().stream();
              case Call.Reduce reduce -> reduce.expr().steps().stream();
              default -> Stream.empty();
            })
        .filter(step -> step.fn() == fn)
        .count();
  }

  /** What each edge of a cell that leaves one node does to it. */
  private Tensor edge() {
    Tensor y = x.relu().conv2d(w, Window2d.same(3, 3, 1, 1), 1);
    List<Tensor> moments = y.moments();
    Tensor scale = moments.getLast().add(1e-5).sqrt();
    Tensor pooled = x.maxPool2d(PoolWindow.same(3, 1));
    return y.sub(moments.getFirst()).div(scale).add(pooled);
  }

  @Test
  void equalExpressionsAreComputedOnce() {
    assertThat(calls(edge(), edge(), edge())).isEqualTo(calls(edge()));
    List<Call> once = calls(edge());
    assertThat(count(once, Call.Conv2d.class)).isOne();
    assertThat(count(once, Call.MaxPool.class)).isOne();
    assertThat(count(once, Call.Moments.class)).isOne();
  }

  @Test
  void expressionsThatDifferInAnythingAreNotMerged() {
    Window2d window = Window2d.same(3, 3, 1, 1);
    Tensor other = graph.variable("other", w.shape());
    List<Call> calls =
        calls(
            x.conv2d(w, window, 1),
            x.conv2d(other, window, 1),
            x.relu().conv2d(w, window, 1),
            x.conv2d(w, Window2d.same(3, 3, 2, 1), 1));
    assertThat(count(calls, Call.Conv2d.class)).isEqualTo(4);
  }

  @Test
  void whatNoResultNeedsIsDropped() {
    Tensor dead = x.conv2d(w, Window2d.same(3, 3, 1, 1), 1);
    assertThat(dead.exp().shape()).isEqualTo(x.shape());
    Program program = Planner.plan(Computation.of(x.relu()));
    assertThat(program.steps()).hasSize(1);
    assertThat(program.buffers()).hasSize(2);
  }

  @Test
  void gradientsThatNobodyAskedForAreNotComputed() {
    Tensor loss = x.conv2d(w, Window2d.same(3, 3, 1, 1), 1).sum();
    List<Call> calls = calls(Gradients.of(loss, List.of(w)).getFirst());
    assertThat(count(calls, Call.Conv2dWeightGradient.class)).isOne();
    assertThat(count(calls, Call.Conv2dInputGradient.class)).isZero();
    assertThat(count(calls, Call.Conv2d.class)).isZero();
  }

  @Test
  void elementwiseChainsBecomeOnePass() {
    Tensor channels = graph.feed("channels", Shape.of(3));
    Tensor chain = x.mul(channels).add(channels).relu().mul(2).sub(x.neg());
    assertThat(calls(chain)).hasSize(1).allMatch(Call.Map.class::isInstance);
    assertThat(calls(chain.sum())).hasSize(1).allMatch(Call.Reduce.class::isInstance);
  }

  @Test
  void expensiveFunctionsAreComputedOnceForAllTheirUsers() {
    Tensor costly = x.tanh();
    List<Call> calls = calls(costly.sum(0, 3), costly.mul(x).sum(0, 2), costly.add(1));
    assertThat(uses(calls, Fn.TANH)).isOne();
  }

  @Test
  void longChainsAreCutIntoPassesOfBoundedLength() {
    Tensor chain = x;
    for (int i = 0; i < 1000; i++) {
      chain = chain.tanh();
    }
    assertThat(calls(chain))
        .hasSizeBetween(2, 50)
        .allMatch(call -> call instanceof Call.Map map && map.expr().steps().size() <= 65);
  }

  @Test
  void reshapesCostNothing() {
    Tensor flat = x.reshape(Shape.of(120)).reshape(Shape.of(10, 12)).reshape(Shape.of(2, 60));
    Program program = Planner.plan(Computation.of(flat.relu(), flat));
    assertThat(program.steps()).hasSize(1);
    assertThat(program.buffer(program.results().getLast()))
        .isEqualTo(program.buffer(program.feeds().get("x")));
  }

  @Test
  void reshapingThereAndBackIsNothing() {
    Tensor back = x.reshape(Shape.of(120)).reshape(x.shape());
    assertThat(calls(back.relu(), x.relu())).hasSize(1);
  }

  @Test
  void multiplyingByOneIsNothingUnlessItRepeats() {
    Tensor ones = graph.constant(1, x.shape());
    assertThat(calls(x.mul(1).mul(ones))).isEmpty();
    assertThat(calls(graph.feed("s", Shape.SCALAR).mul(ones))).hasSize(1);
  }

  @Test
  void productsAndSumsOfConstantsAreComputed() {
    Tensor product = graph.constant(3, Shape.of(2, 2)).mul(graph.constant(5));
    assertThat(run(Map.of(), product)).containsExactly(15, 15, 15, 15);
    assertThat(run(Map.of(), product.sum())).containsExactly(60);
    assertThat(run(Map.of(), graph.constant(2, Shape.of(3, 4)).sum(0, 1)))
        .containsOnly(6)
        .hasSize(4);
    assertThat(run(Map.of(), graph.constant(2).add(graph.constant(3)))).containsExactly(5);
    assertThat(run(Map.of(), graph.constant(4).broadcast(Shape.of(2)).max(0, 1)))
        .containsExactly(4);
  }

  @Test
  void sumsOverRepeatedOperandsReadTheOperandAsItIs() {
    Tensor row = graph.feed("row", Shape.of(1, 3));
    Tensor repeated = row.broadcast(Shape.of(4, 2, 3));
    assertThat(calls(repeated.sum(0, 2))).hasSize(1);
    Map<String, HostData> feeds = Map.of("row", HostData.of(1.0, 2.0, 3.0));
    assertThat(run(feeds, repeated.sum(0, 2))).containsExactly(8, 16, 24);
    assertThat(run(feeds, repeated.sum(1, 3))).containsExactly(12, 12, 12, 12);
    assertThat(run(feeds, repeated.max(0, 3))).containsExactly(3);
  }

  @Test
  void anUnusedOutputTakesRoomButHarmsNobody() {
    Tensor variance = x.moments().getLast();
    Program program = Planner.plan(Computation.of(variance.add(1)));
    ProgramMemory.check(program);
    assertThat(count(calls(program), Call.Moments.class)).isOne();
  }

  @Test
  void gradientsReachTensorsInTheMiddle() {
    Tensor v = graph.feed("v", Shape.of(3));
    Tensor middle = v.mul(v);
    Tensor loss = middle.mul(middle).sum();
    List<Tensor> gradients = Gradients.of(loss, List.of(middle, v, loss));
    Map<String, HostData> feeds = Map.of("v", HostData.of(1.0, 2.0, 3.0));
    assertThat(run(feeds, gradients.get(0))).containsExactly(2, 8, 18);
    assertThat(run(feeds, gradients.get(1))).containsExactly(4, 32, 108);
    assertThat(run(Map.of(), gradients.get(2))).containsExactly(1);
  }

  @Test
  void aTensorTheLossDoesNotDependOnHasAGradientOfZeros() {
    Tensor loss = w.sum();
    Tensor later = w.mul(2);
    List<Tensor> gradients = Gradients.of(loss, List.of(x, later));
    assertThat(gradients.get(0).shape()).isEqualTo(x.shape());
    assertThat(run(Map.of(), gradients.get(0))).containsOnly(0).hasSize(120);
    assertThat(run(Map.of(), gradients.get(1))).containsOnly(0).hasSize(81);
  }

  @Test
  void sumsUndoEveryWayOfRepeating() {
    Tensor four = graph.feed("four", Shape.of(2, 1, 3, 2));
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Map<String, HostData> feeds = Map.of("four", HostData.of(values));
    assertThat(run(feeds, four.sumTo(Shape.SCALAR))).containsExactly(78);
    assertThat(run(feeds, four.sumTo(Shape.of(2)))).containsExactly(36, 42);
    assertThat(run(feeds, four.sumTo(Shape.of(1)))).containsExactly(78);
    assertThat(run(feeds, four.sumTo(Shape.of(3, 1)))).containsExactly(18, 26, 34);
    assertThat(run(feeds, four.sumTo(Shape.of(1, 1, 2)))).containsExactly(36, 42);
    assertThat(run(feeds, four.sumTo(Shape.of(2, 1, 1, 2)))).containsExactly(9, 12, 27, 30);
    assertThat(run(feeds, four.sumTo(Shape.of(1, 1, 3, 2)))).containsExactly(8, 10, 12, 14, 16, 18);
  }

  @Test
  void thousandsOfVariablesAreAllOverwrittenInPlace() {
    Graph large = new Graph();
    Tensor y = large.feed("y", Shape.of(4, 16));
    Map<String, Tensor> assigns = new LinkedHashMap<>();
    for (int layer = 0; layer < 1500; layer++) {
      Tensor weights = large.variable("w" + layer, Shape.of(16, 16));
      y = y.matmul(weights).relu();
      assigns.put("w" + layer, weights.sub(y.matmul(y, true, false).mul(0.01)));
    }
    Program program = Planner.plan(new Computation(large, List.of(y), assigns));
    assertThat(program.steps()).hasSize(4 * 1500);
  }
}
