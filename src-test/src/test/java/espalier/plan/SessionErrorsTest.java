package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
import espalier.kernels.spi.HostData;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session refuses. */
class SessionErrorsTest {
  private final Backend backend = Backends.open("reference", BackendOptions.threads(1));
  private final Session session = new Session(backend);
  private final Graph graph = new Graph();
  private final Tensor x = graph.feed("x", Shape.of(3));
  private final Tensor w = graph.variable("w", Shape.of(3));

  @AfterEach
  void close() {
    session.close();
    backend.close();
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @Test
  void aVariableThatIsMissingOrHasAnotherShapeIsNamed() {
    Executable product = session.compile(Computation.of(w.mul(w)));
    refused(
        () -> session.run(product, Map.of()),
        "session: variable 'w' is not declared, expected [3]");
    session.declare("w", Shape.of(1, 3));
    refused(() -> session.run(product, Map.of()), "session: variable 'w' is [1, 3], expected [3]");
  }

  @Test
  void aVariableThatOnlyDeadCodeReadsNeedsNoDeclaration() {
    Executable doubled = session.compile(Computation.of(x.add(x)));
    Values values = session.run(doubled, Map.of("x", HostData.of(1.0, 2.0, 3.0)));
    assertThat(values.doubles(0)).containsExactly(2, 4, 6);
  }

  @Test
  void namesThatWereNeverDeclaredAreUnknown() {
    refused(() -> session.read("u"), "session: variable 'u' is unknown");
    refused(() -> session.readDoubles("u"), "session: variable 'u' is unknown");
    refused(() -> session.write("u", HostData.of(1f)), "session: variable 'u' is unknown");
  }

  @Test
  void aVariableIsDeclaredOnce() {
    session.declare("w", Shape.of(3));
    refused(
        () -> session.declare("w", Shape.of(4)),
        "variable 'w': is declared already, expected a new name");
    assertThat(session.variables()).containsExactly(Map.entry("w", Shape.of(3)));
  }

  @Test
  void valuesOfTheWrongLengthOrTypeAreRefused() {
    session.declare("w", Shape.of(3));
    refused(
        () -> session.write("w", HostData.of(1f, 2f)),
        "variable 'w': 2 values of F32, expected 3 of F32");
    Executable doubled = session.compile(Computation.of(x.add(x)));
    refused(
        () -> session.run(doubled, Map.of("x", HostData.of(1f, 2f))),
        "feed 'x': 2 values of F32, expected 3 of F32");
    refused(
        () -> session.run(doubled, Map.of("x", HostData.of(1, 2, 3))),
        "feed 'x': 3 values of I32, expected 3 of F32");
  }

  @Test
  void feedsAreThoseOfTheProgram() {
    Executable doubled = session.compile(Computation.of(x.add(x)));
    refused(() -> session.run(doubled, Map.of()), "feeds: found [], expected [x]");
    refused(
        () -> session.run(doubled, Map.of("y", HostData.of(1f, 2f, 3f))),
        "feeds: found [y], expected [x]");
  }

  @Test
  void anExecutableBelongsToItsBackend() {
    try (Backend other = Backends.open("reference", BackendOptions.threads(1))) {
      Executable doubled = Executable.compile(other, Computation.of(x.add(x)));
      refused(
          () -> session.run(doubled, Map.of("x", HostData.of(1f, 2f, 3f))),
          "session: the executable was compiled for another backend than reference");
    }
  }

  @Test
  void onlyASingleElementIsAScalarAndOldResultsAreGone() {
    Executable doubled = session.compile(Computation.of(x.add(x)));
    Map<String, HostData> feeds = Map.of("x", HostData.of(1f, 2f, 3f));
    Values first = session.run(doubled, feeds);
    refused(() -> first.scalar(0), "result 0 has 3 elements, expected 1");
    session.run(doubled, feeds);
    assertThatIllegalStateException()
        .isThrownBy(() -> first.doubles(0))
        .withMessage("result 0: another program has run in this store, read results before");
  }
}
