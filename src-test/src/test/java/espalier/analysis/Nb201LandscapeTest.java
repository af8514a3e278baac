package espalier.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.analysis.Hypervolume;
import espalier.core.analysis.Landscape;
import espalier.core.analysis.ParetoFront;
import espalier.core.analysis.ShapleyValues;
import espalier.core.space.Cell;
import espalier.core.space.CellFlow;
import espalier.core.space.Nb201Operation;
import espalier.core.space.Nb201Space;
import espalier.core.statistics.RankCorrelation;
import espalier.space.Nb201Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known exactly about all of NAS-Bench-201. */
@Tag("shared-data")
final class Nb201LandscapeTest {
  private static final Nb201Space SPACE = Nb201Space.standard();

  @ParameterizedTest
  @CsvSource({"c10_test,17", "c10_val_e12,16"})
  void strictLocalMaximaAreAsMany(String column, int peaks) {
    double[] heights = Nb201Table.benchmark().numbers(column);
    int[] found = new Landscape<>(SPACE, heights).peaks();
    assertThat(found).hasSize(peaks);
    int best = IntStream.range(0, heights.length).boxed().max(byHeight(heights)).orElseThrow();
    assertThat(Arrays.stream(found).mapToObj(i -> heights[i])).contains(heights[best]);
  }

  private static Comparator<Integer> byHeight(double[] heights) {
    return Comparator.comparingDouble(i -> heights[i]);
  }

  @Test
  void disconnectedCellsAreAsManyAndAtChance() {
    double[] test = Nb201Table.benchmark().numbers("c10_test");
    int disconnected = 0;
    for (int index = 0; index < SPACE.count(); index++) {
      if (!new CellFlow(SPACE.at(index)).isConnected()) {
        disconnected++;
        assertThat(test[index]).as("accuracy of " + index).isEqualTo(10);
      }
    }
    assertThat(disconnected).isEqualTo(341);
  }

  @Test
  void cellsWithoutDeadEdgesAreAsMany() {
    assertThat(SPACE.all().filter(cell -> new CellFlow(cell).isWithoutDeadEdges()))
        .hasSize(9_445)
        .contains(SPACE.at(1651));
  }

  /** The keys from the finest to the coarsest: functions, formulas. */
  @Test
  void keysHaveTheirClasses() {
    assertThat(SPACE.all().map(SPACE::canonical).distinct()).hasSize(5_875);
    assertThat(SPACE.all().map(SPACE::formula).distinct()).hasSize(4_930);
  }

  /** Equal functions have equal formulas, and so have cells that the authors call isomorphic. */
  @Test
  void formulasAreCoarserThanTheOtherKeys() {
    Map<String, String> ofCanonical = new HashMap<>();
    Map<String, String> ofAuthors = new HashMap<>();
    SPACE
        .all()
        .forEach(cell -> {
          String formula = SPACE.formula(cell);
          ofCanonical.putIfAbsent(SPACE.canonical(cell), formula);
          ofAuthors.putIfAbsent(SPACE.isomorphismKey(cell), formula);
          assertThat(ofCanonical.get(SPACE.canonical(cell))).isEqualTo(formula);
          assertThat(ofAuthors.get(SPACE.isomorphismKey(cell))).isEqualTo(formula);
        });
  }

  @Test
  void theAuthorsKeyReproducesTheirColumn() {
    List<String> sameAs = Nb201Table.benchmark().texts("same_as");
    Map<String, Integer> first = new HashMap<>();
    for (int index = 0; index < SPACE.count(); index++) {
      int same = index;
      first.putIfAbsent(SPACE.isomorphismKey(SPACE.at(index)), same);
      assertThat(first.get(SPACE.isomorphismKey(SPACE.at(index))))
          .as("first index like " + index)
          .isEqualTo(Integer.parseInt(sameAs.get(index)));
    }
    assertThat(first).hasSize(6_466);
  }

  /** The last digits given are the tolerance: half a unit of the fourth decimal. */
  @ParameterizedTest
  @CsvSource({
    "9930,12.0392,8.9502,40.8062,1.5015,8.9783,12.0880,84.3633",
    "1462,11.1201,8.3144,43.4309,1.3825,8.3375,11.1746,83.76",
  })
  void edgesAreWorthTheirShapleyValues(
      int index,
      double e01,
      double e02,
      double e03,
      double e12,
      double e13,
      double e23,
      double sum) {
    double[] test = Nb201Table.benchmark().numbers("c10_test");
    // Edges in the order of their sources: 01, 02, 03, 12, 13, 23; ours are ordered by target.
    int[] bySource = {0, 1, 3, 2, 4, 5};
    double[] values =
        ShapleyValues.exact(
            6, kept -> test[SPACE.indexOf(ablated(SPACE.at(index), kept, bySource))]);
    double[] expected = {e01, e02, e03, e12, e13, e23};
    for (int edge = 0; edge < 6; edge++) {
      assertThat(values[edge]).as("edge " + edge).isCloseTo(expected[edge], within(0.5001e-4));
    }
    assertThat(Arrays.stream(values).sum()).isCloseTo(sum, within(0.5001e-4));
  }

  private static Cell ablated(Cell cell, int kept, int[] bySource) {
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    int position = 0;
    for (List<Cell.Edge> edges : cell.nodes()) {
      List<Cell.Edge> into = new ArrayList<>();
      for (Cell.Edge edge : edges) {
        boolean keep = (kept >> bySource[position++] & 1) == 1;
        into.add(keep ? edge : new Cell.Edge(edge.from(), Nb201Operation.NONE));
      }
      nodes.add(into);
    }
    return new Cell(cell.inputs(), nodes, cell.outputs());
  }

  /** Fronts of accuracy and cost; the volume in units of the largest cost × 100 %. */
  @ParameterizedTest
  @CsvSource({
    "params,14,0.890918",
    "raspi4,43,0.91412",
    "pixel3,43,0.91202",
    "gold_6226,36,0.80432",
    "1080ti_1,32,0.72450",
  })
  void frontsHaveTheirSizesAndVolumes(String cost, int size, String volume) {
    Nb201Table table = Nb201Table.benchmark();
    double[] costs = (cost.equals("params") ? table : Nb201Table.latencies()).numbers(cost);
    double[] test = table.numbers("c10_test");
    List<double[]> points =
        IntStream.range(0, costs.length).mapToObj(i -> new double[] {test[i], -costs[i]}).toList();
    assertThat(ParetoFront.of(points)).hasSize(size);
    double largest = Arrays.stream(costs).max().orElseThrow();
    double half = 0.5001 * Math.pow(10, -(volume.length() - 2));
    assertThat(Hypervolume.of(points, 0, -largest) / (largest * 100))
        .isCloseTo(Double.parseDouble(volume), within(half));
  }

  /** Reference figures, to the decimals they are given with. */
  @Test
  void parametersAndShortTrainingRankByTheseCoefficients() {
    Nb201Table table = Nb201Table.benchmark();
    double[] parameters = table.numbers("params");
    double[] test = table.numbers("c10_test");
    double[] valid = table.numbers("c10_val");
    double[] early = table.numbers("c10_val_e12");
    assertThat(RankCorrelation.kendall(parameters, test).value()).isCloseTo(0.5778, within(5e-5));
    assertThat(RankCorrelation.spearman(parameters, test).value()).isCloseTo(0.7527, within(5e-5));
    // Counting all pairs one by one gives this too.
    assertThat(RankCorrelation.kendall(parameters, valid).value()).isCloseTo(0.5340, within(5e-5));
    assertThat(RankCorrelation.kendall(early, test).value()).isCloseTo(0.594, within(5e-4));
    assertThat(RankCorrelation.spearman(early, test).value()).isCloseTo(0.772, within(5e-4));
  }

  /** The reference for validation is of one seed of three; the table has their mean. */
  @Test
  void amongCellsWithoutDeadEdgesParametersRankByThisCoefficient() {
    Nb201Table table = Nb201Table.benchmark();
    int[] alive =
        IntStream.range(0, SPACE.count())
            .filter(index -> new CellFlow(SPACE.at(index)).isWithoutDeadEdges())
            .toArray();
    double[] parameters = chosen(table.numbers("params"), alive);
    double[] valid = chosen(table.numbers("c10_val"), alive);
    double[] test = chosen(table.numbers("c10_test"), alive);
    assertThat(RankCorrelation.kendall(parameters, valid).value()).isCloseTo(0.568, within(0.01));
    assertThat(RankCorrelation.kendall(parameters, test).value()).isCloseTo(0.623, within(5e-4));
    assertThat(RankCorrelation.spearman(parameters, test).value()).isCloseTo(0.799, within(5e-4));
  }

  private static double[] chosen(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(index -> values[index]).toArray();
  }
}
