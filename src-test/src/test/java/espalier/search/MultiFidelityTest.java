package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.analysis.Hypervolume;
import espalier.core.catalog.PocketNetwork;
import espalier.core.catalog.PocketSpace;
import espalier.core.compare.Contestant;
import espalier.core.compare.CurveComparison;
import espalier.core.compare.Sample;
import espalier.core.compare.Standing;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Repeats;
import espalier.core.search.Strategy;
import espalier.core.strategy.AsynchronousHalving;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Hyperband;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.table.CurveEstimator;
import espalier.core.table.CurveTable;
import espalier.datasets.PocketOracle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Searches that stop trainings early, against those that do not, at equal cost. */
final class MultiFidelityTest {
  private static final ComposedSpace<PocketNetwork> SPACE = PocketSpace.standard();
  private static final CurveTable<Decision> TABLE = PocketOracle.curves();
  private static final Objective SIGNAL = Objective.maximise("valid");
  private static final int BUDGET = 20;
  private static final int SEEDS = 100;

  private static Map<String, Standing> standings(String... names) {
    CurveComparison comparison =
        new CurveComparison(SPACE, TABLE, SIGNAL, "test", BUDGET, Repeats.CHARGED, SEEDS);
    List<Contestant<Decision>> contestants =
        Contestant.ofCurves(SPACE, TABLE, "params").stream()
            .filter(each -> List.of(names).contains(each.name()))
            .toList();
    return comparison.run(contestants, 2, () -> 0).stream()
        .collect(Collectors.toMap(Standing::strategy, Function.identity()));
  }

  @Test
  void racesFindBetterNetworksThanRandomSearchAtEqualCost() {
    Map<String, Standing> standings = standings("random", "sh", "hyperband", "asha", "bohb");
    double random = standings.get("random").report().mean();
    for (String race : List.of("sh", "hyperband", "asha", "bohb")) {
      Standing standing = standings.get(race);
      assertThat(standing.report().mean()).as(race).isGreaterThan(random);
      assertThat(standing.pAgainstRandom().orElseThrow()).as(race).isLessThan(0.01);
    }
  }

  @Test
  void aComparisonIsTheSameWithAnyNumberOfThreads() {
    CurveComparison comparison =
        new CurveComparison(SPACE, TABLE, SIGNAL, "test", BUDGET, Repeats.CHARGED, 5);
    List<Contestant<Decision>> contestants = Contestant.ofCurves(SPACE, TABLE, "params");
    assertThat(comparison.run(contestants, 1, () -> 0).stream().map(Standing::json).toList())
        .isEqualTo(comparison.run(contestants, 4, () -> 0).stream().map(Standing::json).toList());
  }

  /** Accuracy and parameters: the volume that the fronts of real worth dominate. */
  @Test
  void racesForSeveralObjectivesDominateMoreThanRandomSearch() {
    Objectives both = Objectives.of(SIGNAL, Objective.minimise("params"));
    Sample random = volumes(both, seed -> new RandomSearch<>(SPACE, Replacement.WITH, seed));
    Sample hyperband =
        volumes(
            both, seed -> new Hyperband<>(SPACE, both, Bracket.hyperband(TABLE.epochs(), 3), seed));
    Sample asha =
        volumes(
            both,
            seed ->
                new AsynchronousHalving<>(
                    SPACE, both, new AsynchronousHalving.Settings(1, TABLE.epochs(), 3), seed));
    assertThat(hyperband.mean()).isGreaterThan(random.mean());
    assertThat(hyperband.paired(random)).isLessThan(0.01);
    assertThat(asha.mean()).isGreaterThan(random.mean());
    assertThat(asha.paired(random)).isLessThan(0.01);
  }

  private static Sample volumes(Objectives objectives, LongFunction<Strategy<Decision>> opening) {
    Map<Decision, Double> sizes = TABLE.constants("params");
    double largest = sizes.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return new Sample(
        LongStream.range(0, SEEDS)
            .mapToDouble(seed -> {
              History<Decision> history =
                  new BlackBoxStudy<>(
                          SPACE,
                          new CurveEstimator<>(TABLE, List.of("valid"), List.of("params"), seed),
                          objectives,
                          Settings.ofCost((long) BUDGET * TABLE.epochs(), Repeats.CHARGED))
                      .run(opening.apply(seed));
              List<double[]> worth =
                  history.front(objectives).stream()
                      .map(entry -> entry.trial().candidate())
                      .map(each ->
                          new double[] {
                            TABLE.mean(each, "test"), 1 - sizes.getOrDefault(each, 0.0) / largest
                          })
                      .toList();
              return worth.isEmpty() ? 0 : Hypervolume.of(worth, 0.1, 0);
            })
            .toArray());
  }
}
