package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendProvider;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes a plan names beforehand are the bytes a session holds, to the byte. */
class SessionMemoryTest {

  static Stream<String> backends() {
    return Backends.providers().stream()
        .filter(provider -> provider.unavailableReason().isEmpty())
        .map(BackendProvider::name);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void plannedBytesAreHeldBytesAreAllocatedBytes(String name) {
    AtomicLong allocated = new AtomicLong();
    AtomicLong peak = new AtomicLong();
    BackendOptions options =
        new BackendOptions(
            1, (what, bytes) -> peak.accumulateAndGet(allocated.addAndGet(bytes), Math::max));
    Graph graph = new Graph();
    Tensor x = graph.feed("x", Shape.of(64, 33));
    Tensor labels = graph.feed("labels", DType.I32, Shape.of(64));
    Tensor weights = graph.variable("weights", Shape.of(33, 10));
    Tensor logits = x.matmul(weights);
    Tensor loss = logits.logSoftmax().mul(labels.oneHot(10)).sum().neg();
    try (Backend backend = Backends.open(name, options);
        Session session = new Session(backend)) {
      session.declare("weights", weights.shape());
      Executable small = session.compile(Computation.of(weights.sum()));
      Executable large = session.compile(new Computation(graph, List.of(loss, logits), Map.of()));
      long variables = 33L * 10 * DType.F32.bytes();
      assertThat(session.bytes()).isEqualTo(variables).isEqualTo(allocated.get());

      session.run(small, Map.of()).scalar(0);
      long numbers = (long) large.program().arenaElements(DType.F32) * DType.F32.bytes();
      assertThat(session.bytes()).isEqualTo(variables + numbers).isEqualTo(allocated.get());

      Map<String, HostData> feeds =
          Map.of("x", HostData.of(new float[64 * 33]), "labels", HostData.of(new int[64]));
      session.run(large, feeds).scalar(0);
      session.run(small, Map.of()).scalar(0);
      assertThat(large.program().arenaBytes()).isGreaterThan(small.program().arenaBytes());
      assertThat(session.bytes())
          .isEqualTo(variables + large.program().arenaBytes())
          .isEqualTo(allocated.get())
          .isEqualTo(peak.get());
    }
    assertThat(allocated).hasValue(0);
  }
}
