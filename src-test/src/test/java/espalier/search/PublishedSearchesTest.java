package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Strategy;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Space;
import espalier.core.strategy.Exp3Search;
import espalier.core.strategy.LocalSearch;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.strategy.RegularizedEvolution;
import espalier.core.strategy.Reinforce;
import espalier.core.strategy.SimulatedAnnealing;
import espalier.core.strategy.TreeParzenEstimator;
import espalier.core.strategy.UpperConfidenceTree;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.TableEstimator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What reference simulations on the table of NAS-Bench-201 found, found again: search by validation
 * accuracy after 12 epochs, repeats charged, report the test accuracy of the best cell.
 */
@Tag("shared-data")
final class PublishedSearchesTest {
  private static final Nb201Space SPACE = Nb201Space.standard();
  private static final Objective SIGNAL = Objective.maximise("c10_val_e12");
  private static final int SEEDS = 500;
  private static final int REFERENCE_SEEDS = 300;
  private static final double LATE_TOLERANCE = 0.8;

  interface Opened {
    Strategy<Cell> open(int evaluations, long seed);
  }

  /**
   * A row of the reference.
   *
   * @param test mean accuracy of the incumbent
   * @param late mean signal of the last quarter of the evaluations
   */
  record Published(
      String name, Opened strategy, int evaluations, double test, OptionalDouble late) {
    @Override
    public String toString() {
      return name + " at " + evaluations;
    }
  }

  private static Published row(String name, Opened strategy, double test, double late) {
    return new Published(name, strategy, 200, test, OptionalDouble.of(late));
  }

  private static Published longRow(String name, Opened strategy, double test) {
    return new Published(name, strategy, 500, test, OptionalDouble.empty());
  }

  static Stream<Published> published() {
    Opened random = (n, seed) -> new RandomSearch<>(SPACE, Replacement.WITH, seed);
    Opened evolution =
        (n, seed) ->
            new RegularizedEvolution<>(
                SPACE, SIGNAL, RegularizedEvolution.Settings.standard(), seed);
    Opened local = (n, seed) -> new LocalSearch<>(SPACE, SIGNAL, seed);
    Opened reinforce =
        (n, seed) -> new Reinforce<>(SPACE, SIGNAL, Reinforce.Settings.standard(), seed);
    Opened annealing =
        (n, seed) ->
            new SimulatedAnnealing<>(SPACE, SIGNAL, SimulatedAnnealing.Settings.standard(n), seed);
    Opened tree =
        (n, seed) ->
            new UpperConfidenceTree<>(SPACE, SIGNAL, UpperConfidenceTree.Settings.standard(), seed);
    Opened exp3 =
        (n, seed) -> new Exp3Search<>(SPACE, SIGNAL, Exp3Search.Settings.standard(), seed);
    Opened parzen =
        (n, seed) ->
            new TreeParzenEstimator<>(SPACE, SIGNAL, TreeParzenEstimator.Settings.standard(), seed);
    return Stream.of(
        row("random", random, 93.88, 68.8),
        row("evolution", evolution, 94.09, 78.9),
        row("local", local, 94.20, 76.6),
        row("reinforce", reinforce, 93.93, 72.1),
        row("annealing", annealing, 94.15, 80.6),
        row("tree", tree, 94.00, 77.0),
        row("exp3", exp3, 93.89, 71.5),
        row("parzen", parzen, 94.04, 78.7),
        longRow("random", random, 93.98),
        longRow("evolution", evolution, 94.29),
        longRow("local", local, 94.35),
        longRow("reinforce", reinforce, 94.16));
  }

  @ParameterizedTest
  @MethodSource("published")
  void aSearchEndsWhereThePublishedOneDid(Published row) {
    BenchmarkTable table = Nb201Table.read();
    TableEstimator<Cell> estimator =
        TableEstimator.of(SPACE, table, List.of(SIGNAL.metric()), Set.of());
    double[] reports = table.numbers("c10_test");
    BlackBoxStudy<Cell> study =
        new BlackBoxStudy<>(
            SPACE, estimator, Objectives.of(SIGNAL), Settings.charged(row.evaluations()));
    double[] found = new double[SEEDS];
    double late = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      History<Cell> history = study.run(row.strategy().open(row.evaluations(), seed));
      Cell incumbent = history.incumbent(SIGNAL).orElseThrow().trial().candidate();
      found[seed] = reports[estimator.row(incumbent)];
      late += lateSignal(history) / SEEDS;
    }
    double mean = IntStream.range(0, SEEDS).mapToDouble(i -> found[i]).average().orElseThrow();
    double squares = 0;
    for (double each : found) {
      squares += (each - mean) * (each - mean);
    }
    double deviation = Math.sqrt(squares / (SEEDS - 1));
    double tolerance = 3 * deviation * Math.sqrt(1.0 / SEEDS + 1.0 / REFERENCE_SEEDS) + 0.03;
    assertThat(Math.abs(mean - row.test()))
        .as("found %.3f, published %.2f", mean, row.test())
        .isLessThan(tolerance);
    if (row.late().isPresent()) {
      assertThat(Math.abs(late - row.late().getAsDouble()))
          .as("found %.2f, published %.1f", late, row.late().getAsDouble())
          .isLessThan(LATE_TOLERANCE);
    }
  }

  private static double lateSignal(History<Cell> history) {
    List<History.Entry<Cell>> charged = history.charged();
    return charged.subList(3 * charged.size() / 4, charged.size()).stream()
        .mapToDouble(entry -> SIGNAL.score(entry.outcome()).orElseThrow())
        .average()
        .orElseThrow();
  }

  @Test
  void repeatsOfWhatIsIsomorphicAreFreeWhenTheyAreCached() {
    TableEstimator<Cell> estimator =
        TableEstimator.of(SPACE, Nb201Table.read(), List.of(SIGNAL.metric()), Set.of());
    BlackBoxStudy<Cell> study =
        new BlackBoxStudy<>(SPACE, estimator, Objectives.of(SIGNAL), Settings.cached(200));
    History<Cell> history =
        study.run(
            new RegularizedEvolution<>(SPACE, SIGNAL, RegularizedEvolution.Settings.standard(), 1));
    assertThat(history.charged().stream().map(e -> SPACE.canonical(e.trial().candidate())))
        .hasSize(200)
        .doesNotHaveDuplicates();
    assertThat(history.entries()).hasSizeGreaterThan(200);
  }
}
