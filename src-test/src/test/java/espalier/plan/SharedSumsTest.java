package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Planner;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.HostData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums that read the same tensors are computed in one pass, and keep their bits. */
final class SharedSumsTest {
  private static final Shape IMAGES = Shape.of(6, 20, 20, 3);

  private final Graph graph = new Graph();
  private final Tensor x = graph.feed("x", IMAGES);
  private final Tensor y = graph.feed("y", IMAGES);
  private final Tensor z = graph.feed("z", IMAGES);

  private static Tensor perChannel(Tensor t) {
    return t.sum(0, 3);
  }

  private static List<Call.Reduce> reductions(Tensor... results) {
    return Planner.plan(Computation.of(results)).steps().stream()
        .map(step -> step.call())
        .filter(Call.Reduce.class::isInstance)
        .map(Call.Reduce.class::cast)
        .toList();
  }

  @Test
  void aSumJoinsOneThatReadsAllItReads() {
    List<Call.Reduce> joint = reductions(perChannel(x), perChannel(x.mul(y)));
    assertThat(joint).hasSize(1);
    assertThat(joint.getFirst().outputs()).hasSize(2);
    assertThat(reductions(perChannel(x.mul(y)), perChannel(x.relu()), perChannel(y))).hasSize(1);
  }

  @Test
  void sumsThatWouldReadNoLessStayApart() {
    assertThat(reductions(perChannel(x), perChannel(y))).hasSize(2);
    assertThat(reductions(perChannel(x.mul(y)), perChannel(x.mul(z)))).hasSize(2);
  }

  @Test
  void sumsOverOtherAxesOrOfAnotherKindStayApart() {
    assertThat(reductions(perChannel(x), x.sum(0, 4))).hasSize(2);
    assertThat(reductions(perChannel(x), x.max(0, 3))).hasSize(2);
  }

  @Test
  void aSumOfWhatAnotherYieldsComesAfterIt() {
    Tensor first = perChannel(x);
    Tensor second = perChannel(x.add(first).relu());
    assertThat(reductions(first, second)).hasSize(2);
  }

  @Test
  void jointSumsHaveTheBitsOfSeparateOnes() {
    Tensor sum = perChannel(x);
    Tensor products = perChannel(x.mul(y).add(3).mul(x.relu()));
    try (Backend backend = Backends.open("cpu-scalar", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      Map<String, HostData> feeds = Map.of("x", values(1), "y", values(2));
      Values both = session.run(session.compile(Computation.of(sum, products)), feeds);
      float[] jointSum = both.floats(0);
      float[] jointProducts = both.floats(1);
      Map<String, HostData> onlyX = Map.of("x", values(1));
      assertThat(session.run(session.compile(Computation.of(sum)), onlyX).floats(0))
          .containsExactly(jointSum);
      assertThat(session.run(session.compile(Computation.of(products)), feeds).floats(0))
          .containsExactly(jointProducts);
    }
  }

  private static HostData values(int seed) {
    float[] values = new float[IMAGES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + 0.7 * i);
    }
    return HostData.of(values);
  }
}
