package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.nn.Scope;
import espalier.core.space.CellBuilder;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.Nb201Space;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of the DARTS space have the sizes that their authors' code counts. */
final class DartsCountsTest {

  private static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(
            PublishedGenotypes.DARTS_V1,
            List.of(3_169_414, 500_988, 3_221_344, 232_890, 41_356, 4_510_432, 505_865)),
        Arguments.of(
            PublishedGenotypes.DARTS_V2,
            List.of(3_349_342, 528_359, 3_401_272, 246_106, 43_445, 4_718_752, 529_912)),
        Arguments.of(
            PublishedGenotypes.PC_DARTS,
            List.of(3_634_678, 556_671, 3_686_608, 335_738, 53_259, 5_270_560, 571_137)));
  }

  @ParameterizedTest
  @MethodSource("published")
  void evaluationNetworksHaveThePublishedCounts(Genotype genotype, List<Integer> expected) {
    Counts cifar10 = Counts.of(DartsMacro.cifar(36, 20).network(genotype, 10), 32, 32, 3);
    Counts cifar100 = Counts.of(DartsMacro.cifar(36, 20).network(genotype, 100), 32, 32, 3);
    Counts small = Counts.of(DartsMacro.cifar(16, 8).network(genotype, 10), 32, 32, 3);
    Counts imageNet = Counts.of(DartsMacro.imageNet(48, 14).network(genotype, 1000), 224, 224, 3);
    assertThat(
            Stream.of(
                    cifar10.parameters(),
                    thousands(cifar10),
                    cifar100.parameters(),
                    small.parameters(),
                    thousands(small),
                    imageNet.parameters(),
                    thousands(imageNet))
                .map(Long::intValue)
                .toList())
        .isEqualTo(expected);
  }

  private static long thousands(Counts counts) {
    return Math.round(counts.multiplyAccumulates() / 1e3);
  }

  @Test
  void trainingHasAnAuxiliaryHeadThatIsNotCounted() {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    var outputs =
        DartsMacro.cifar(36, 20)
            .network(PublishedGenotypes.DARTS_V2, 10)
            .build(scope, graph.feed("images", Shape.of(2, 32, 32, 3)));
    long auxiliary =
        scope.parameters().values().stream()
            .filter(parameter -> parameter.trainable() && !parameter.counted())
            .mapToLong(parameter -> parameter.shape().size())
            .sum();
    assertThat(outputs.auxiliary().orElseThrow().shape()).isEqualTo(Shape.of(2, 10));
    assertThat(auxiliary).isEqualTo(476_426);
    assertThat(scope.parameterCount()).isEqualTo(3_349_342);
  }

  @Test
  void theSupernetOfDartsHasThePublishedCounts() {
    DartsSpace space = DartsSpace.cifar();
    List<CellBuilder> mixed =
        space.cellSpaces().stream().<CellBuilder>map(EveryCandidate::new).toList();
    Counts counts = Counts.of(space.supernet(10, mixed), Scope.Mode.TRAINING, 32, 32, 3);
    assertThat(counts.parameters()).isEqualTo(1_930_618);
    assertThat(Math.round(counts.multiplyAccumulates() / 1e4)).isEqualTo(300_26L);
    assertThat(space.cellSpaces()).hasSize(2).allMatch(cells -> cells.edges().size() == 14);
    assertThat(space.cellSpaces()).allMatch(cells -> cells.candidates().size() == 8);
  }

  /** The authors' convolutions have a bias there, which the normalisation after them removes. */
  @Test
  void theSupernetOfNasBench201HasThePublishedCountLessTheBiasesBeforeNormalisations() {
    Nb201Space space = Nb201Space.standard();
    List<CellBuilder> mixed =
        space.cellSpaces().stream().<CellBuilder>map(EveryCandidate::new).toList();
    Counts counts = Counts.of(space.supernet(10, mixed), Scope.Mode.TRAINING, 32, 32, 3);
    int biases = 5 * 6 * 2 * (16 + 32 + 64);
    assertThat(counts.parameters()).isEqualTo(1_692_826 - biases);
    assertThat(space.cellSpaces().getFirst().edges()).hasSize(6);
  }
}
