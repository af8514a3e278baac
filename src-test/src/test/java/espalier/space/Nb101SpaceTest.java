package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.random.Philox;
import espalier.core.space.Nb101Cell;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Operation;
import espalier.core.space.Nb101Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How cells of NAS-Bench-101 are drawn, changed, crossed, encoded and written. */
final class Nb101SpaceTest {
  private static final Nb101Macro SMALL = new Nb101Macro(5, 1);
  private static final Nb101Space SPACE = Nb101Space.of(SMALL);

  /** Three vertices: five matrices have a path, each with three labels. */
  private static final Nb101Space TINY = new Nb101Space(3, 3, SMALL);

  private static List<Nb101Cell> tiny() {
    List<Nb101Cell> cells = new ArrayList<>();
    for (Nb101Operation operation : Nb101Operation.all()) {
      for (int edges = 0; edges < 8; edges++) {
        Nb101Cell cell = new Nb101Cell(List.of(operation), edges);
        if (TINY.contains(cell)) {
          cells.add(cell);
        }
      }
    }
    assertThat(cells).hasSize(15);
    return cells;
  }

  /** Asserts that draws come as often as they should, by Pearson's statistic. */
  private static void assertDrawn(
      Function<Philox, Nb101Cell> draw, List<Nb101Cell> cells, ToDoubleFunction<Nb101Cell> weight) {
    int draws = 30_000;
    Map<Nb101Cell, Integer> counts = new LinkedHashMap<>();
    Philox random = Philox.of(4, "draws");
    for (int i = 0; i < draws; i++) {
      counts.merge(draw.apply(random.trial(i)), 1, Integer::sum);
    }
    double all = cells.stream().mapToDouble(weight).sum();
    double statistic = 0;
    for (Nb101Cell cell : cells) {
      double expected = draws * weight.applyAsDouble(cell) / all;
      double difference = counts.getOrDefault(cell, 0) - expected;
      statistic += difference * difference / expected;
    }
    int freedom = cells.size() - 1;
    assertThat(cells).containsAll(counts.keySet());
    assertThat(statistic).isLessThan(freedom + 4 * Math.sqrt(2 * freedom));
  }

  @Test
  void samplesAreUniform() {
    assertDrawn(TINY::sample, tiny(), cell -> 1);
  }

  /**
   * An edge changes with odds of 1 / 3, the only label always; what is no other cell is redrawn.
   */
  @Test
  void mutantsChangeEachEdgeAndLabelAsOftenAsDefined() {
    Nb101Cell cell = new Nb101Cell(List.of(Nb101Operation.CONV_1X1), 0b101);
    List<Nb101Cell> mutants =
        tiny().stream().filter(each -> !each.operations().equals(cell.operations())).toList();
    assertThat(mutants).hasSize(10);
    assertDrawn(
        random -> TINY.mutate(cell, random),
        mutants,
        mutant -> Math.pow(0.5, Integer.bitCount(mutant.edges() ^ cell.edges())));
  }

  /** Of seven vertices with all labels alike: on average 21 / 7 edges and one label. */
  @Test
  void mutantsOfSevenVerticesChangeSeveralThings() {
    Philox random = Philox.of(6, "mutants");
    Nb101Cell cell = SPACE.parse("input:1 output");
    int labels = 0;
    int none = 0;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      Nb101Cell mutant = SPACE.mutate(cell, random.trial(i));
      assertThat(SPACE.contains(mutant)).isTrue();
      assertThat(mutant).isNotEqualTo(cell);
      int changed = 0;
      for (int j = 0; j < 5; j++) {
        changed += mutant.operations().get(j) == cell.operations().get(j) ? 0 : 1;
      }
      labels += changed;
      none += changed == 0 ? 1 : 0;
    }
    // Labels change independently of edges, but for the mutants that are no other cell.
    assertThat(labels / (double) count).isBetween(0.97, 1.05);
    assertThat(none / (double) count).isBetween(0.30, 0.345);
  }

  private static int differences(Nb101Cell a, Nb101Cell b) {
    int differences = Integer.bitCount(a.edges() ^ b.edges());
    for (int i = 0; i < a.operations().size(); i++) {
      differences += a.operations().get(i) == b.operations().get(i) ? 0 : 1;
    }
    return differences;
  }

  @Test
  void neighboursAreTheCellsOneEdgeOrOneLabelAway() {
    for (Nb101Cell cell : tiny()) {
      List<Nb101Cell> near =
          tiny().stream().filter(other -> differences(cell, other) == 1).toList();
      assertThat(TINY.neighbours(cell)).containsExactlyInAnyOrderElementsOf(near);
    }
    Philox random = Philox.of(2, "neighbours");
    for (int i = 0; i < 100; i++) {
      Nb101Cell cell = SPACE.sample(random.trial(i));
      List<Nb101Cell> neighbours = SPACE.neighbours(cell);
      assertThat(neighbours)
          .doesNotHaveDuplicates()
          .hasSizeBetween(10, 31)
          .allMatch(SPACE::contains)
          .allMatch(other -> differences(cell, other) == 1);
    }
  }

  @Test
  void everyVertexOfAChildIsOneOfItsParents() {
    Philox random = Philox.of(3, "children");
    Set<Nb101Cell> mixed = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Nb101Cell mother = SPACE.sample(random.trial(2L * i));
      Nb101Cell father = SPACE.sample(random.trial(2L * i + 1));
      Nb101Cell child = SPACE.cross(mother, father, random.trial(i));
      assertThat(SPACE.contains(child)).isTrue();
      for (int vertex = 1; vertex < 7; vertex++) {
        assertThat(column(child, vertex)).isIn(column(mother, vertex), column(father, vertex));
      }
      assertThat(SPACE.cross(mother, mother, random.trial(i))).isEqualTo(mother);
      if (!child.equals(mother) && !child.equals(father)) {
        mixed.add(child);
      }
    }
    assertThat(mixed).hasSizeGreaterThan(300);
  }

  /** The edges into a vertex and its label. */
  private static String column(Nb101Cell cell, int vertex) {
    StringBuilder column = new StringBuilder();
    for (int from = 0; from < vertex; from++) {
      column.append(cell.hasEdge(from, vertex) ? '1' : '0');
    }
    return vertex < 6
        ? column.append(cell.operations().get(vertex - 1)).toString()
        : column.toString();
  }

  @Test
  void differentCellsAreDifferentPoints() {
    Nb101Space space = new Nb101Space(5, 9, SMALL);
    Set<List<Double>> points = new HashSet<>();
    long[] cells = new long[1];
    space
        .unique()
        .forEach(cell -> {
          double[] point = space.features(cell.widened(5));
          assertThat(point).hasSize(space.encodingLength()).hasSize(10 + 3 * 3);
          List<Double> boxed = new ArrayList<>();
          double ones = 0;
          for (double value : point) {
            boxed.add(value);
            ones += value;
          }
          assertThat(ones).isEqualTo(cell.liveEdges() + cell.operations().size());
          points.add(boxed);
          cells[0]++;
        });
    assertThat(points).hasSize((int) cells[0]);
  }

  @Test
  void cellsAreReadAsTheyAreWritten() {
    Philox random = Philox.of(9, "texts");
    for (int i = 0; i < 300; i++) {
      Nb101Cell cell = SPACE.sample(random.trial(i));
      assertThat(SPACE.parse(SPACE.print(cell))).isEqualTo(cell);
      Nb101Cell canonical = SPACE.parse(SPACE.canonical(cell));
      assertThat(SPACE.canonical(canonical)).isEqualTo(SPACE.canonical(cell));
    }
    Nb101Cell cell =
        new Nb101Cell(List.of(Nb101Operation.CONV_3X3, Nb101Operation.MAX_POOL_3X3), 0b111001);
    Nb101Space four = new Nb101Space(4, 9, SMALL);
    assertThat(four.print(cell)).isEqualTo("input:101 conv3x3-bn-relu:01 maxpool3x3:1 output");
    assertThat(four.parse("input : 101 conv3x3-bn-relu:0 1 maxpool3x3:1 output")).isEqualTo(cell);
  }

  @Test
  void whatIsNoCellIsRefusedWithItsPlace() {
    refused("output", "found 'o' at 1, expected 'input'");
    refused("input: output", "found 'o' at 8, expected '0' or '1'");
    refused("input:12 output", "found '2' at 8, expected 'output'");
    refused(
        "input:112 output",
        "found '2' at 9, expected one of conv3x3-bn-relu, conv1x1-bn-relu, maxpool3x3");
    refused("input:11 conv5x5:1 output", "found 'c' at 10, expected one of");
    refused("input:11 maxpool3x3: output", "found 'o' at 22, expected '0' or '1'");
    refused("input:11 maxpool3x3:11 output", "found '1' at 22, expected 'output'");
    refused("input:1111111 output", "found '1' at 13, expected one of");
    refused("input:01 maxpool3x3:0 outputs", "found 's' at 29, expected the end");
    refused("input:10 maxpool3x3:0 output", "0 edges on paths from input to output, expected 7");
    refused(
        "input:111111 maxpool3x3:11111 maxpool3x3:1111 maxpool3x3:111 maxpool3x3:11 maxpool3x3:1"
            + " output",
        "7 vertices and 21 edges on paths");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> SPACE.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(why);
  }
}
