package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.space.Cell;
import espalier.core.space.DartsOperation;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canonical forms equate architectures that are the same function, and no others. */
final class CanonicalFormTest {
  private static final Nb201Space NB201 = Nb201Space.standard();
  private static final DartsSpace DARTS = DartsSpace.cifar();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // A node that nothing uses.
        "|nor_conv_3x3~0|+|none~0|none~1|+|nor_conv_1x1~0|none~1|none~2|;"
            + "|none~0|+|nor_conv_3x3~0|none~1|+|nor_conv_1x1~0|none~1|none~2|",
        // The first two nodes exchanged.
        "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|none~0|avg_pool_3x3~1|skip_connect~2|;"
            + "|nor_conv_1x1~0|+|nor_conv_3x3~0|none~1|+|none~0|skip_connect~1|avg_pool_3x3~2|",
        // Identity before or after.
        "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|none~0|none~1|skip_connect~2|;"
            + "|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|",
        // One pool used twice or two equal pools.
        "|avg_pool_3x3~0|+|skip_connect~0|none~1|+|none~0|skip_connect~1|avg_pool_3x3~2|;"
            + "|avg_pool_3x3~0|+|none~0|skip_connect~1|+|none~0|skip_connect~1|skip_connect~2|",
      })
  void equalFunctionsShareAForm(String a, String b) {
    assertThat(form(a)).isEqualTo(form(b));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // One convolution used twice, two convolutions used once.
        "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|skip_connect~1|skip_connect~2|;"
            + "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|none~0|skip_connect~1|skip_connect~2|",
        // Both paths after the same convolution, or each after its own.
        "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|none~0|nor_conv_3x3~1|skip_connect~2|;"
            + "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|none~0|nor_conv_3x3~1|nor_conv_1x1~2|",
        "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|;"
            + "|nor_conv_1x1~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|",
        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|;"
            + "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
      })
  void otherFunctionsHaveOtherForms(String a, String b) {
    assertThat(form(a)).isNotEqualTo(form(b));
  }

  private static String form(String notation) {
    return NB201.canonical(NB201.parse(notation));
  }

  /**
   * With one weight for all convolutions of a kind, members of a class are one function, and the
   * network shows it.
   */
  @Test
  void membersOfAClassAnswerAlike() {
    Map<String, List<Cell>> classes =
        NB201
            .all()
            .collect(Collectors.groupingBy(NB201::canonical, TreeMap::new, Collectors.toList()));
    int compared = 0;
    try (Backend backend = Backends.open("reference", BackendOptions.defaults())) {
      int skip = 0;
      for (List<Cell> members : classes.values()) {
        if (members.size() > 1 && skip++ % 97 == 0) {
          double expected = answer(backend, members.getFirst());
          for (Cell member : members.subList(1, Math.min(4, members.size()))) {
            assertThat(answer(backend, member))
                .as(NB201.print(member) + " and " + NB201.print(members.getFirst()))
                .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
            compared++;
          }
        }
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  private static double answer(Backend backend, Cell cell) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    // A variable, for a network of zeros reads no image.
    Tensor images = graph.variable("images", Shape.of(1, 8, 8, 3));
    Tensor logits = new Nb201Macro(2, 1).network(cell, 3).build(scope, images).main();
    try (Session session = new Session(backend)) {
      for (Parameter parameter : scope.parameters().values()) {
        double[] values = new double[parameter.shape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = parameter.name().endsWith("running_mean") ? 0.1 : 0.6 + 0.4 * Math.sin(i);
        }
        session.declare(parameter.name(), parameter.shape(), HostData.of(values));
      }
      double[] pixels = new double[8 * 8 * 3];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = Math.cos(0.37 * i);
      }
      session.declare("images", images.shape(), HostData.of(pixels));
      return session.run(session.compile(Computation.of(logits.sum())), Map.of()).scalar(0);
    }
  }

  @Test
  void orderOfEdgesAndNamesOfNodesDoNotCountInDarts() {
    String swapped =
        PublishedGenotypes.DARTS_V2_TEXT.replace(
            "('sep_conv_3x3', 1), ('skip_connect', 0)", "('skip_connect', 0), ('sep_conv_3x3', 1)");
    assertThat(swapped).isNotEqualTo(PublishedGenotypes.DARTS_V2_TEXT);
    assertThat(DARTS.canonical(DARTS.parse(swapped)))
        .isEqualTo(DARTS.canonical(PublishedGenotypes.DARTS_V2));
    // Nodes 2 and 3 of the normal cell are alike, so an edge may come from either.
    Genotype v2 = PublishedGenotypes.DARTS_V2;
    Genotype other =
        DARTS.parse(
            PublishedGenotypes.DARTS_V2_TEXT.replace("('dil_conv_3x3', 2)", "('dil_conv_3x3', 3)"));
    assertThat(DARTS.canonical(other)).isEqualTo(DARTS.canonical(v2));
    Genotype different =
        DARTS.parse(
            PublishedGenotypes.DARTS_V2_TEXT.replace("('dil_conv_3x3', 2)", "('dil_conv_3x3', 4)"));
    assertThat(DARTS.canonical(different)).isNotEqualTo(DARTS.canonical(v2));
  }

  /** Skipping a halved input takes weights; skipping a kept one takes none. */
  @Test
  void aSkipThatHalvesIsNoIdentity() {
    List<Cell.Edge> skips =
        List.of(
            new Cell.Edge(0, DartsOperation.SKIP_CONNECT),
            new Cell.Edge(1, DartsOperation.SKIP_CONNECT));
    List<Cell.Edge> later =
        List.of(
            new Cell.Edge(0, DartsOperation.SKIP_CONNECT),
            new Cell.Edge(2, DartsOperation.SKIP_CONNECT));
    Cell cell = new Cell(2, List.of(skips, skips, later, later), List.of(2, 3, 4, 5));
    String form = DARTS.canonical(new Genotype(cell, cell));
    assertThat(form.split(";", -1)[0]).doesNotContain("skip_connect");
    assertThat(form.split(";", -1)[1]).contains("skip_connect/2");
  }
}
