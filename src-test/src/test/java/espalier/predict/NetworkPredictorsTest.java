package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.Fit;
import espalier.core.predict.GraphConvolution;
import espalier.core.predict.PerceptronEnsemble;
import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainPredictor;
import espalier.core.space.Cell;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The predictors that are small networks. */
final class NetworkPredictorsTest {
  private static final Nb201Space SPACE = Nb201Space.standard();

  /** y = |x₁| − x₂, which two rectifiers can be and no linear function is. */
  @Test
  void perceptronsLearnAKinkFromExamplesAndAnswerOthers() {
    List<double[]> rows = LinearPredictorsTest.rows(1, 200, 2);
    double[] y = rows.stream().mapToDouble(NetworkPredictorsTest::kink).toArray();
    UncertainFit<double[]> fit = PerceptronEnsemble.standard(1).fit(rows, y);
    List<double[]> others = LinearPredictorsTest.rows(2, 200, 2);
    double squares =
        others.stream().mapToDouble(x -> Math.pow(fit.mean(x) - kink(x), 2)).sum() / 200;
    // The variance of the target is 1 + 1 − 2/π; what is left is a hundredth of it.
    assertThat(squares).isLessThan((2 - 2 / Math.PI) / 100);
  }

  private static double kink(double[] x) {
    return Math.abs(x[0]) - x[1];
  }

  @Test
  void membersAgreeOnExamplesAndDifferFarFromThem() {
    List<double[]> rows = LinearPredictorsTest.rows(1, 60, 2);
    double[] y = rows.stream().mapToDouble(NetworkPredictorsTest::kink).toArray();
    UncertainFit<double[]> fit = PerceptronEnsemble.standard(1).fit(rows, y);
    double near =
        rows.stream().mapToDouble(x -> fit.predict(x).deviation()).average().orElseThrow();
    double far =
        rows.stream()
            .mapToDouble(x -> fit.predict(new double[] {20 * x[0], 20 * x[1]}).deviation())
            .average()
            .orElseThrow();
    assertThat(near).isPositive();
    assertThat(far).isGreaterThan(5 * near);
  }

  @Test
  void seedsAreUsedAndRepeat() {
    List<double[]> rows = LinearPredictorsTest.rows(5, 30, 4);
    double[] y = LinearPredictorsTest.targets(5, 30);
    double[] x = {0.1, 0.2, 0.3, 0.4};
    double first = perceptrons(1).fit(rows, y).mean(x);
    assertThat(perceptrons(1).fit(rows, y).mean(x)).isEqualTo(first);
    assertThat(perceptrons(2).fit(rows, y).mean(x)).isNotEqualTo(first);
    LabelledGraph graph = LabelledGraph.of(SPACE.at(99));
    double graphs = graphs(1).fit(cells(20), y(20)).mean(graph);
    assertThat(graphs(1).fit(cells(20), y(20)).mean(graph)).isEqualTo(graphs);
    assertThat(graphs(2).fit(cells(20), y(20)).mean(graph)).isNotEqualTo(graphs);
  }

  private static UncertainPredictor<double[]> perceptrons(long seed) {
    return new PerceptronEnsemble(2, List.of(8), 20, 0.01, seed);
  }

  private static GraphConvolution graphs(long seed) {
    return new GraphConvolution(2, 8, 20, 0.01, seed);
  }

  private static List<LabelledGraph> cells(int count) {
    return IntStream.range(0, count).mapToObj(SPACE::at).map(LabelledGraph::of).toList();
  }

  private static double[] y(int count) {
    return LinearPredictorsTest.targets(6, count);
  }

  /** The order of operations is all that tells these apart. */
  @Test
  void graphsAreToldApartByTheOrderOfTheirOperations() {
    List<LabelledGraph> orders =
        List.of(chain("a", "a", "b"), chain("a", "b", "a"), chain("b", "a", "a"));
    double[] y = {-1, 0, 4};
    Fit<LabelledGraph> fit = new GraphConvolution(3, 16, 400, 0.01, 1).fit(orders, y);
    for (int i = 0; i < 3; i++) {
      assertThat(fit.mean(orders.get(i))).isCloseTo(y[i], within(0.05));
    }
  }

  private static LabelledGraph chain(String... middle) {
    List<String> labels = new ArrayList<>(List.of("in"));
    labels.addAll(Arrays.asList(middle));
    labels.add("out");
    List<List<Integer>> sources = new ArrayList<>(List.of(List.of()));
    for (int vertex = 1; vertex < labels.size(); vertex++) {
      sources.add(List.of(vertex - 1));
    }
    return new LabelledGraph(labels, sources);
  }

  /** Sums over neighbours and vertices have no order, up to rounding. */
  @Test
  void isomorphicGraphsHaveOnePrediction() {
    Fit<LabelledGraph> fit = graphs(1).fit(cells(30), y(30));
    Cell first =
        SPACE.parse(
            "|nor_conv_3x3~0|+|nor_conv_1x1~0|none~1|+|none~0|avg_pool_3x3~1|skip_connect~2|");
    Cell second =
        SPACE.parse(
            "|nor_conv_1x1~0|+|nor_conv_3x3~0|none~1|+|none~0|skip_connect~1|avg_pool_3x3~2|");
    assertThat(LabelledGraph.of(first)).isNotEqualTo(LabelledGraph.of(second));
    assertThat(fit.mean(LabelledGraph.of(first)))
        .isCloseTo(fit.mean(LabelledGraph.of(second)), within(1e-12));
  }

  @Test
  void featuresComeBeforeThePredictor() {
    UncertainPredictor<Cell> ofCells = perceptrons(1).on(SPACE::features);
    List<Cell> cells = IntStream.range(0, 20).mapToObj(SPACE::at).toList();
    List<double[]> rows = cells.stream().map(SPACE::features).toList();
    assertThat(ofCells.fit(cells, y(20)).predict(SPACE.at(50)))
        .isEqualTo(perceptrons(1).fit(rows, y(20)).predict(SPACE.features(SPACE.at(50))));
  }

  @Test
  void settingsThatLearnNothingAreRefused() {
    assertThatThrownBy(() -> new PerceptronEnsemble(0, List.of(8), 20, 0.01, 1))
        .hasMessage(
            "perceptrons: 0 members of widths [8], 20 epochs at rate 0.01, expected 1 or more of"
                + " each");
    assertThatThrownBy(() -> new GraphConvolution(3, 16, 0, 0.01, 1))
        .hasMessage(
            "graph convolution: 3 layers of 16, 0 epochs at rate 0.01, expected 1 or more of each");
  }
}
