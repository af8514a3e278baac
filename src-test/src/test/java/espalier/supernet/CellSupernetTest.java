package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.ImageSpec;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.CellSpace;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsOperation;
import espalier.core.space.DartsSpace;
import espalier.core.space.DiscreteCell;
import espalier.core.space.Genotype;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Operation;
import espalier.core.space.Nb201Space;
import espalier.core.space.Operation;
import espalier.core.space.Site;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.Supernet;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a supernet declares, and which architecture its parameters stand for. */
final class CellSupernetTest {
  private static final CellSupernet<Genotype> DARTS = new CellSupernet<>(DartsSpace.cifar(), 10);
  private static final CellSupernet<Cell> NB201 = new CellSupernet<>(Nb201Space.standard(), 10);

  private static Map<String, Shape> shapes(Network network) {
    Scope scope = Scope.root(new Graph(), Scope.Mode.TRAINING);
    network.build(scope, scope.graph().feed("images", Shape.of(2, 32, 32, 3)));
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Parameter parameter : scope.parameters().values()) {
      shapes.put(parameter.name(), parameter.shape());
    }
    return shapes;
  }

  @Test
  void theDartsSupernetHasThePublishedSizeAndTwoTables() {
    assertThat(NetworkCounts.declared(DARTS, new ImageSpec(32, 32, 3)).parameters())
        .isEqualTo(1_930_618);
    assertThat(shapes(DARTS))
        .containsEntry("alpha.normal", Shape.of(14, 8))
        .containsEntry("alpha.reduce", Shape.of(14, 8));
    assertThat(DARTS.tables())
        .extracting(Supernet.Table::title)
        .containsExactly("normal", "reduce");
    assertThat(DARTS.tables().getFirst().edges()).hasSize(14).startsWith("0→2", "1→2", "0→3");
    assertThat(DARTS.tables().getFirst().operations())
        .containsExactly(
            "none",
            "max_pool_3x3",
            "avg_pool_3x3",
            "skip_connect",
            "sep_conv_3x3",
            "sep_conv_5x5",
            "dil_conv_3x3",
            "dil_conv_5x5");
  }

  @Test
  void theNasBench201SupernetHasOneTable() {
    assertThat(shapes(NB201)).containsEntry("alpha.cell", Shape.of(6, 5));
    assertThat(NB201.tables().getFirst().operations())
        .containsExactly("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");
  }

  @Test
  void onlyTablesAreArchitecture() {
    for (String name : shapes(DARTS).keySet()) {
      assertThat(DARTS.isArchitecture(name)).as(name).isEqualTo(name.startsWith("alpha."));
    }
  }

  @Test
  void aDerivedNetworkHasItsWeightsUnderTheSupernetsNames() {
    DartsMacro macro = DartsMacro.cifar(4, 6).plain();
    DartsSpace darts = new DartsSpace(macro, macro);
    Genotype genotype = darts.sample(Philox.of(2, "shared names"));
    assertThat(shapes(new CellSupernet<>(darts, 10)))
        .containsAllEntriesOf(
            shapes(
                macro.network(
                    Site.Form.SEARCH,
                    10,
                    new DiscreteCell(genotype.normal(), false),
                    new DiscreteCell(genotype.reduce(), false))));
    Nb201Macro stages = new Nb201Macro(4, 2);
    Nb201Space nb201 = new Nb201Space(stages, stages);
    Cell cell = nb201.sample(Philox.of(2, "shared names"));
    assertThat(shapes(new CellSupernet<>(nb201, 10)))
        .containsAllEntriesOf(
            shapes(stages.network(Site.Form.SEARCH, 10, new DiscreteCell(cell, false))));
  }

  @Test
  void aRowOfWeightsIsItsSoftmax() {
    Supernet.Table table =
        new Supernet.Table("a", "a", List.of("0→1", "0→2"), List.of("x", "y", "z"));
    double[][] weights =
        table.weights(new float[] {0, (float) Math.log(2), (float) Math.log(5), 1e30f, 0, -1e30f});
    assertThat(weights[0]).containsExactly(new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0}, PRECISE);
    assertThat(weights[1]).containsExactly(1, 0, 0);
  }

  private static final org.assertj.core.data.Offset<Double> PRECISE =
      org.assertj.core.data.Offset.offset(1e-7);

  /** A table of parameters, all 0 but those given as edge, operation and value. */
  private static float[] table(CellSpace space, Object[][] entries) {
    float[] values = new float[space.edges().size() * space.candidates().size()];
    for (Object[] entry : entries) {
      int column = space.candidates().indexOf((Operation) entry[1]);
      values[(Integer) entry[0] * space.candidates().size() + column] = (Float) entry[2];
    }
    return values;
  }

  private static Cell.Edge edge(int from, Operation operation) {
    return new Cell.Edge(from, operation);
  }

  /**
   * Edges are numbered by node: 0–1 into node 2, 2–4 into node 3, 5–8 into node 4, 9–13 into node
   * 5. An edge is as heavy as its heaviest operation after a softmax over all, none included.
   */
  @Test
  void aDartsNodeKeepsItsTwoHeaviestEdgesAndNoneNeverCounts() {
    CellSpace space = DARTS.space().cellSpaces().getFirst();
    float[] normal =
        table(
            space,
            new Object[][] {
              {0, DartsOperation.SEP_CONV_3X3, 1f},
              {1, DartsOperation.NONE, 9f},
              {1, DartsOperation.SKIP_CONNECT, 2f},
              {2, DartsOperation.MAX_POOL_3X3, 3f},
              // The highest parameter of its node, but beside a none that takes all the weight.
              {3, DartsOperation.SEP_CONV_5X5, 5f},
              {3, DartsOperation.NONE, 9f},
              {4, DartsOperation.DIL_CONV_3X3, 2f},
              {5, DartsOperation.AVG_POOL_3X3, 1f},
              {6, DartsOperation.DIL_CONV_5X5, 2f},
              {8, DartsOperation.SEP_CONV_5X5, 3f},
              {11, DartsOperation.SKIP_CONNECT, -1f},
              {12, DartsOperation.SKIP_CONNECT, 1f},
              {13, DartsOperation.SEP_CONV_3X3, 0.5f},
            });
    Genotype genotype =
        DARTS.derive(Map.of("alpha.normal", normal, "alpha.reduce", new float[normal.length]));
    assertThat(genotype.normal().nodes())
        .containsExactly(
            List.of(edge(0, DartsOperation.SEP_CONV_3X3), edge(1, DartsOperation.SKIP_CONNECT)),
            List.of(edge(0, DartsOperation.MAX_POOL_3X3), edge(2, DartsOperation.DIL_CONV_3X3)),
            List.of(edge(1, DartsOperation.DIL_CONV_5X5), edge(3, DartsOperation.SEP_CONV_5X5)),
            List.of(edge(3, DartsOperation.SKIP_CONNECT), edge(4, DartsOperation.SEP_CONV_3X3)));
  }

  @Test
  void tiesGoToTheEarlierEdgeAndOperation() {
    float[] even = new float[14 * 8];
    Genotype genotype = DARTS.derive(Map.of("alpha.normal", even, "alpha.reduce", even));
    List<Cell.Edge> first =
        List.of(edge(0, DartsOperation.MAX_POOL_3X3), edge(1, DartsOperation.MAX_POOL_3X3));
    assertThat(genotype.normal().nodes()).containsExactly(first, first, first, first);
    assertThat(genotype.reduce()).isEqualTo(genotype.normal());
  }

  @Test
  void aNasBench201CellKeepsAllEdgesAndMayHaveNone() {
    CellSpace space = NB201.space().cellSpaces().getFirst();
    float[] values =
        table(
            space,
            new Object[][] {
              {0, Nb201Operation.NOR_CONV_3X3, 1f},
              {1, Nb201Operation.SKIP_CONNECT, 1f},
              {2, Nb201Operation.AVG_POOL_3X3, 1f},
              {4, Nb201Operation.NOR_CONV_1X1, 1f},
              {5, Nb201Operation.NONE, 1f},
            });
    assertThat(Nb201Space.standard().print(NB201.derive(Map.of("alpha.cell", values))))
        .isEqualTo(
            "|nor_conv_3x3~0|+|skip_connect~0|avg_pool_3x3~1|+|none~0|nor_conv_1x1~1|none~2|");
  }
}
