package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.catalog.PocketNetwork;
import espalier.core.catalog.PocketSpace;
import espalier.core.compare.Contestant;
import espalier.core.compare.CurveComparison;
import espalier.core.compare.Standing;
import espalier.core.compose.Decision;
import espalier.core.compose.ProductSpace;
import espalier.core.search.Objective;
import espalier.core.search.Repeats;
import espalier.core.table.CurveTable;
import espalier.datasets.PocketOracle;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Searches that stop trainings early, against those that do not, at equal cost. */
final class MultiFidelityTest {
  private static final ProductSpace<PocketNetwork> SPACE = PocketSpace.standard();
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
}
