package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.compare.Comparison;
import espalier.core.compare.Contestant;
import espalier.core.compare.Standing;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Objective;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Space;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Strategies that find better cells of NAS-Bench-201 than random search does, as the documentation
 * says of them: paired by seed, corrected for their number.
 */
@Tag("shared-data")
final class AgainstRandomTest {
  private static final Nb201Space SPACE = Nb201Space.standard();
  private static final int SEEDS = 50;
  private static final int EVALUATIONS = 200;
  private static final Set<String> BETTER =
      Set.of("re", "local", "sa", "tpe", "hedge", "nsga2", "ppo", "reinforce-lstm");

  @Test
  void fiftySearchesAreEnoughToTell() {
    List<Contestant<Cell>> contestants =
        Contestant.all(SPACE, cell -> 0).stream()
            .filter(each -> each.name().equals("random") || BETTER.contains(each.name()))
            .toList();
    List<Standing> standings =
        new Comparison<>(
                SPACE,
                Nb201Table.read(),
                Objective.maximise("c10_val_e12"),
                "c10_test",
                Optional.empty(),
                BlackBoxStudy.Settings.charged(EVALUATIONS),
                SEEDS)
            .run(contestants, 2, () -> 0);
    double random = standings.getFirst().report().mean();
    assertThat(standings).hasSize(BETTER.size() + 1);
    for (Standing standing : standings.subList(1, standings.size())) {
      assertThat(standing.report().mean()).as(standing.strategy()).isGreaterThan(random);
      assertThat(standing.pAgainstRandom().orElseThrow()).as(standing.strategy()).isLessThan(0.01);
    }
  }
}
