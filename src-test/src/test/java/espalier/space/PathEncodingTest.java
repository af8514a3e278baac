package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import espalier.core.space.PathEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Cells by their paths, and as graphs of operations. */
final class PathEncodingTest {
  private static final Nb201Space NB201 = Nb201Space.standard();
  private static final DartsSpace DARTS = DartsSpace.cifar();
  private static final List<String> LABELS =
      List.of("skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  @Test
  void lengthsAreThePublishedOnes() {
    assertThat(PathEncoding.complete(NB201).encodingLength()).isEqualTo(84);
    int perInput = 7 + 49 + 343 + 2_401;
    assertThat(PathEncoding.complete(DARTS).encodingLength()).isEqualTo(2 * 2 * perInput);
    assertThat(new PathEncoding<>(DARTS, 2).encodingLength()).isEqualTo(2 * 2 * 56);
  }

  /**
   * The four paths of the cell, listed from its notation, each at the place its operations give.
   */
  @Property(tries = 300, seed = "51")
  void featuresAreTheFourPathsOfNasBench201(@ForAll long seed) {
    Cell cell = NB201.sample(Philox.of(seed, "paths"));
    List<String> o =
        Arrays.stream(NB201.print(cell).split("[|+]+", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> part.substring(0, part.indexOf('~')))
            .toList();
    List<List<String>> paths =
        List.of(
            List.of(o.get(3)),
            List.of(o.get(0), o.get(4)),
            List.of(o.get(1), o.get(5)),
            List.of(o.get(0), o.get(2), o.get(5)));
    Set<Integer> expected = new TreeSet<>();
    for (List<String> path : paths) {
      if (!path.contains("none")) {
        int number = 0;
        for (String label : path) {
          number = 4 * number + LABELS.indexOf(label);
        }
        expected.add(number + (path.size() == 1 ? 0 : path.size() == 2 ? 4 : 20));
      }
    }
    float[] encoding = PathEncoding.complete(NB201).encode(cell);
    assertThat(ones(encoding)).isEqualTo(expected);
    assertThat(IntStream.range(0, 84).filter(i -> encoding[i] == 0)).hasSize(84 - expected.size());
    double[] features = PathEncoding.complete(NB201).features(cell);
    assertThat(features).hasSize(84);
    assertThat(Arrays.stream(features).sum()).isEqualTo(expected.size());
  }

  private static Set<Integer> ones(float[] encoding) {
    return IntStream.range(0, encoding.length)
        .filter(i -> encoding[i] == 1)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * In DARTS a node ends as many paths as the states its edges come from, and one from an input;
   * here every node reads both inputs, so each cell has two paths per node.
   */
  @Test
  void pathsOfDartsBeginAtTheInputTheyCallTheirOwn() {
    Genotype flat =
        DARTS.parse(
            "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1), ('sep_conv_3x3', 0),"
                + " ('sep_conv_5x5', 1), ('sep_conv_3x3', 0), ('skip_connect', 1), ('sep_conv_3x3',"
                + " 0), ('skip_connect', 1)], normal_concat=range(2, 6), reduce=[('max_pool_3x3',"
                + " 0), ('max_pool_3x3', 1), ('max_pool_3x3', 2), ('skip_connect', 0),"
                + " ('max_pool_3x3', 0), ('skip_connect', 1), ('max_pool_3x3', 0), ('skip_connect',"
                + " 1)], reduce_concat=range(2, 6))");
    Set<Integer> paths = ones(PathEncoding.complete(DARTS).encode(flat));
    // Normal: separable from 0; skip and separable from 1. Reduction: pool, skip and two pools from
    // 0; pool, skip and two pools from 1.
    assertThat(paths).hasSize(3 + 6);
    int perInput = 2_800;
    assertThat(paths.stream().map(path -> path / perInput))
        .containsExactly(0, 1, 1, 2, 2, 2, 3, 3, 3);
    Set<Integer> single = ones(new PathEncoding<>(DARTS, 1).encode(flat));
    assertThat(single).hasSize(3 + 4);
  }

  @Test
  void pathsLongerThanTheCellAreRefused() {
    assertThatThrownBy(() -> new PathEncoding<>(NB201, 4))
        .hasMessage("path encoding: paths of up to 4 operations, expected 1 to 3");
  }

  @Test
  void graphsOfSeveralCellsShareNeitherEdgesNorLabels() {
    Nb201Space space = Nb201Space.standard();
    Cell first = space.sample(Philox.of(1, "cell"));
    Cell second = space.sample(Philox.of(2, "cell"));
    LabelledGraph alone = LabelledGraph.of(second);
    LabelledGraph both = LabelledGraph.of(List.of(first, second));
    int offset = LabelledGraph.of(first).size();
    assertThat(both.size()).isEqualTo(offset + alone.size());
    for (int vertex = 0; vertex < alone.size(); vertex++) {
      assertThat(both.labels().get(offset + vertex)).isEqualTo("1:" + alone.labels().get(vertex));
      assertThat(both.sources().get(offset + vertex))
          .isEqualTo(alone.sources().get(vertex).stream().map(v -> offset + v).toList());
    }
    assertThat(both.labels().subList(0, offset)).allMatch(label -> label.startsWith("0:"));
  }

  @Test
  void graphsJoinOperationsWhereStatesAre() {
    Cell cell =
        NB201.parse(
            "|nor_conv_3x3~0|+|none~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_1x1~2|");
    assertThat(LabelledGraph.of(cell))
        .isEqualTo(
            new LabelledGraph(
                List.of(
                    "input0",
                    "nor_conv_3x3",
                    "avg_pool_3x3",
                    "skip_connect",
                    "nor_conv_1x1",
                    "output"),
                List.of(List.of(), List.of(0), List.of(1), List.of(0), List.of(2), List.of(3, 4))));
    assertThatThrownBy(() -> new LabelledGraph(List.of("a", "b"), List.of(List.of(), List.of(1))))
        .hasMessage("graph: an edge into vertex 1 comes from 1, expected 0 to 0");
  }
}
