package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Dropout;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.CellBuilder;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsOperation;
import espalier.core.space.DartsSpace;
import espalier.core.space.DiscreteCell;
import espalier.core.space.FactorizedReduce;
import espalier.core.space.Genotype;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.space.Site;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of cells at extents, modes and cells that the published ones do not have. */
final class CellNetworkTest {

  /** Channel 0 reads the even rows and columns, channel 1 the odd ones, zero past the border. */
  @Test
  void aFactorizedReductionOfAnOddImageReadsEveryPixelOnce() {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    double[] pixels = new double[5 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i + 1;
    }
    Tensor x = graph.feed("x", Shape.of(1, 5, 4, 1));
    Tensor y = new FactorizedReduce(2, BatchNorm.withoutAffine()).apply(scope, x);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 3, 2, 2));
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      for (Parameter parameter : scope.parameters().values()) {
        double value = parameter.name().endsWith("mean") ? 0 : parameter.trainable() ? 1 : 1 - 1e-5;
        double[] values = new double[parameter.shape().size()];
        Arrays.fill(values, value);
        session.declare(parameter.name(), parameter.shape(), HostData.of(values));
      }
      double[] found =
          session
              .run(session.compile(Computation.of(y)), Map.of("x", HostData.of(pixels)))
              .doubles(0);
      assertThat(found)
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(1, 6, 3, 8, 9, 14, 11, 16, 17, 0, 19, 0);
    }
  }

  @Test
  void anImageOfOnePixelCannotBeHalved() {
    Graph graph = new Graph();
    Tensor x = graph.feed("x", Shape.of(1, 1, 4, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new FactorizedReduce(2, BatchNorm.standard())
                .apply(Scope.root(graph, Scope.Mode.INFERENCE), x))
        .withMessageContaining("expected 2×2 pixels or more");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 13, 15, 20, 28, 29, 32, 33, 50, 64})
  void networksTakeImagesOfAnyExtent(int extent) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor images = graph.feed("images", Shape.of(2, extent, extent, 1));
    Shape logits = Shape.of(2, 7);
    Genotype everything = everyOperation();
    Network.Outputs darts =
        DartsMacro.cifar(4, 6).network(everything, 7).build(scope.child("darts"), images);
    assertThat(darts.main().shape()).isEqualTo(logits);
    assertThat(darts.auxiliary().orElseThrow().shape()).isEqualTo(logits);
    Nb201Space space = Nb201Space.standard();
    Network small = new Nb201Macro(4, 1).network(space.at(9930), 7);
    assertThat(small.build(scope.child("nb201"), images).main().shape()).isEqualTo(logits);
  }

  /** Every operation on an edge that halves and on one that does not. */
  private static Genotype everyOperation() {
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    for (DartsOperation operation : DartsOperation.values()) {
      nodes.add(List.of(new Cell.Edge(0, operation), new Cell.Edge(2, operation)));
    }
    nodes.set(
        0, List.of(new Cell.Edge(0, DartsOperation.NONE), new Cell.Edge(1, DartsOperation.NONE)));
    Cell cell = new Cell(2, nodes, List.of(2, 3, 11));
    return new Genotype(cell, cell);
  }

  @Test
  void anAuxiliaryHeadNeedsTwoPixels() {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor images = graph.feed("images", Shape.of(2, 4, 4, 1));
    Network network = DartsMacro.cifar(4, 3).network(PublishedGenotypes.DARTS_V2, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.build(scope, images))
        .withMessageStartingWith("auxiliary head: features are [2, 1, 1, 64], expected 2×2");
    Network plain = DartsMacro.cifar(4, 3).plain().network(PublishedGenotypes.DARTS_V2, 10);
    assertThat(plain.build(scope.child("plain"), images).auxiliary()).isEmpty();
  }

  @Test
  void inferenceHasNeitherAuxiliaryHeadNorDroppedPaths() {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.INFERENCE);
    Tensor images = graph.feed("images", Shape.of(2, 32, 32, 3));
    Network network = DartsSpace.cifar().model(PublishedGenotypes.DARTS_V1, 10);
    assertThat(network.build(scope, images).auxiliary()).isEmpty();
    assertThat(graph.feeds()).containsOnlyKeys("images");
  }

  @Test
  void pathsAreDroppedExceptIdentities() {
    assertThat(dropped(DartsOperation.SEP_CONV_3X3)).isTrue();
    assertThat(dropped(DartsOperation.MAX_POOL_3X3)).isTrue();
    assertThat(dropped(DartsOperation.SKIP_CONNECT)).isFalse();
  }

  private static boolean dropped(DartsOperation operation) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Cell cell = new Cell(2, List.of(List.of(new Cell.Edge(0, operation))), List.of(2));
    DartsMacro macro = new DartsMacro(DartsMacro.Stem.CIFAR, 4, 5, false, true);
    var normal = new DiscreteCell(cell, true);
    macro
        .network(
            Site.Form.EVALUATION,
            3,
            normal,
            (s, in, place) ->
                new FactorizedReduce(place.channels(), BatchNorm.standard())
                    .apply(s, in.getFirst()))
        .build(scope, graph.feed("images", Shape.of(2, 8, 8, 1)));
    return graph.feeds().containsKey(Dropout.PATH_PROBABILITY);
  }

  /** Two equal edges into one node are two operations with weights of their own. */
  @Test
  void equalEdgesOwnTheirWeights() {
    Cell.Edge edge = new Cell.Edge(0, DartsOperation.SEP_CONV_3X3);
    Cell one = new Cell(2, List.of(List.of(edge)), List.of(2));
    Cell two = new Cell(2, List.of(List.of(edge, edge)), List.of(2));
    long single = parameters(one);
    long none = parameters(new Cell(2, List.of(List.of(skip())), List.of(2)));
    assertThat(parameters(two) - none).isEqualTo(2 * (single - none)).isPositive();
  }

  private static Cell.Edge skip() {
    return new Cell.Edge(1, DartsOperation.SKIP_CONNECT);
  }

  private static long parameters(Cell normal) {
    Cell reduce = new Cell(2, List.of(List.of(skip())), List.of(2));
    Network network = DartsMacro.cifar(4, 6).network(new Genotype(normal, reduce), 10);
    return Counts.of(network, 16, 16, 3).parameters();
  }

  /**
   * A candidate's variables are among its supernet's, shape by shape, where norms have no scale.
   */
  @Test
  void aCandidateFindsItsWeightsInTheSupernet() {
    DartsSpace space = DartsSpace.cifar();
    Map<String, Parameter> shared =
        parameters(
            space.supernet(
                10, space.cellSpaces().stream().<CellBuilder>map(EveryCandidate::new).toList()));
    Genotype genotype = space.sample(Philox.of(6, "candidate"));
    Map<String, Parameter> own =
        parameters(
            space.supernet(
                10,
                space.cells(genotype).stream()
                    .<CellBuilder>map(cell -> new DiscreteCell(cell, false))
                    .toList()));
    assertThat(shared).containsAllEntriesOf(own);
    assertThat(own).hasSizeGreaterThan(100);
  }

  private static Map<String, Parameter> parameters(Network network) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    network.build(scope, graph.feed("images", Shape.of(2, 32, 32, 3)));
    return scope.parameters();
  }
}
