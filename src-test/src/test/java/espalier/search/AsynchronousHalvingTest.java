package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objectives;
import espalier.core.search.Start;
import espalier.core.space.Cell;
import espalier.core.strategy.AsynchronousHalving;
import espalier.core.strategy.AsynchronousHalving.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AsynchronousHalvingTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(new Settings(1, 9, 3));
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new AsynchronousHalving<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "least", with(new Settings(3, 9, 3)),
        "resource", with(new Settings(1, 27, 3)),
        "eta", with(new Settings(1, 9, 2)));
  }

  @Override
  public double lateFloor() {
    return 50;
  }

  /** Whoever goes on was then among the best third of those that had finished as many units. */
  @Test
  void whoGoesOnWasAmongTheBestOfItsRung() {
    int trials = 200;
    History<Cell> history =
        new BlackBoxStudy<>(
                SPACE,
                new Landscape(),
                Objectives.of(ACCURACY),
                BlackBoxStudy.Settings.charged(trials))
            .run(opening().open(trials, 1));
    List<History.Entry<Cell>> before = new ArrayList<>();
    int wentOn = 0;
    for (History.Entry<Cell> entry : history.entries()) {
      if (entry.trial().start() instanceof Start.Continue(long number, _, _)) {
        int units = entry.trial().fidelity().units() / 3;
        List<History.Entry<Cell>> rung =
            before.stream()
                .filter(e -> e.trial().fidelity().units() == units)
                .sorted(Comparator.comparingDouble(e -> -ACCURACY.score(e.outcome()).orElseThrow()))
                .toList();
        assertThat(rung.subList(0, rung.size() / 3).stream().map(e -> e.trial().number()))
            .contains(number);
        wentOn++;
      }
      before.add(entry);
    }
    // One in three, and of those one in three: of 13 trials 9 are new.
    assertThat((double) wentOn / trials).isBetween(3.5 / 13, 4.5 / 13);
    assertThat(
            history.entries().stream()
                .filter(e -> e.trial().start() instanceof Start.Continue)
                .map(e -> ((Start.Continue) e.trial().start()).trial()))
        .doesNotHaveDuplicates();
  }
}
