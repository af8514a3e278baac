package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.space.Cell;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import espalier.core.space.PathEncoding;
import espalier.core.statistics.PairedTest;
import espalier.core.statistics.Summary;
import espalier.core.strategy.Bananas;
import espalier.core.strategy.Npenas;
import espalier.core.strategy.PredictorGuidedSearch;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.TableEstimator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Searches guided by predictors on the table of NAS-Bench-201: search by validation accuracy after
 * 12 epochs, repeats charged, report the test accuracy of the best cell.
 */
@Tag("shared-data")
final class GuidedSearchesTest {
  private static final Nb201Space SPACE = Nb201Space.standard();
  private static final Objective SIGNAL = Objective.maximise("c10_val_e12");
  private static final int REFERENCE_SEEDS = 30;

  /** What a strategy of the engine is to exceed after 200 evaluations. */
  private static final double ASKED = 94.26;

  /** Test accuracies of the incumbents after some evaluations: a row for each seed. */
  private static double[][] reports(Opening opening, int seeds, int... evaluations) {
    int most = evaluations[evaluations.length - 1];
    BenchmarkTable table = Nb201Table.read();
    TableEstimator<Cell> estimator =
        TableEstimator.of(SPACE, table, List.of(SIGNAL.metric()), Set.of());
    double[] tests = table.numbers("c10_test");
    BlackBoxStudy<Cell> study =
        new BlackBoxStudy<>(SPACE, estimator, Objectives.of(SIGNAL), Settings.charged(most));
    double[][] reports = new double[evaluations.length][seeds];
    for (int seed = 0; seed < seeds; seed++) {
      History<Cell> history = study.run(opening.open(most, seed));
      for (int i = 0; i < evaluations.length; i++) {
        History<Cell> begun =
            new History<>(history.entries().subList(0, evaluations[i]), History.End.SPENT);
        Cell incumbent = begun.incumbent(SIGNAL).orElseThrow().trial().candidate();
        reports[i][seed] = tests[estimator.row(incumbent)];
      }
    }
    return reports;
  }

  @Test
  void aForestFindsWhatThePublishedOneFoundAndMoreThanIsAskedAfterTwoHundred() {
    Opening forest =
        (trials, seed) ->
            PredictorGuidedSearch.forest(
                SPACE, SIGNAL, PredictorGuidedSearch.Settings.standard(), seed);
    int seeds = 40;
    double[][] found = reports(forest, seeds, 100, 150, 200);
    double[] published = {94.06, 94.26};
    for (int i = 0; i < published.length; i++) {
      Summary summary = Summary.of(found[i]);
      double tolerance =
          3 * summary.deviation() * Math.sqrt(1.0 / seeds + 1.0 / REFERENCE_SEEDS) + 0.03;
      assertThat(Math.abs(summary.mean() - published[i]))
          .as("found %.3f, published %.2f", summary.mean(), published[i])
          .isLessThan(tolerance);
    }
    assertThat(Summary.of(found[2]).meanInterval(0.95).low()).isGreaterThan(ASKED);
  }

  static Stream<Arguments> networks() {
    Opening bananas =
        (trials, seed) ->
            new Bananas<>(
                SPACE,
                PathEncoding.complete(SPACE),
                SIGNAL,
                new Bananas.Settings(10, 10, 100, 50, 3, List.of(20), 30, 0.02),
                seed);
    Opening npenas =
        (trials, seed) ->
            new Npenas<>(
                SPACE,
                LabelledGraph::of,
                SIGNAL,
                new Npenas.Settings(10, 10, 100, 50, 2, 8, 20, 0.02),
                seed);
    return Stream.of(Arguments.of("bananas", bananas), Arguments.of("npenas", npenas));
  }

  /** Much smaller networks than published, which take seconds for each search. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void evenSmallNetworksBeatRandomSearch(String name, Opening opening) {
    int seeds = 50;
    int evaluations = 100;
    double[] found = reports(opening, seeds, evaluations)[0];
    double[] random =
        reports(
            (trials, seed) -> new RandomSearch<>(SPACE, Replacement.WITH, seed),
            seeds,
            evaluations)[0];
    assertThat(Summary.of(found).mean()).as(name).isGreaterThan(Summary.of(random).mean());
    assertThat(PairedTest.wilcoxon(found, random)).as(name).isLessThan(0.01);
  }
}
