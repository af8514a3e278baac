package espalier.search;

import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Objectives;
import espalier.core.space.Cell;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import org.junit.jupiter.api.Test;

final class RandomSearchTest implements StrategyContract {
  private static final Opening WITHOUT =
      (trials, seed) -> new RandomSearch<>(SPACE, Replacement.WITHOUT, seed);

  @Override
  public Opening opening() {
    return (trials, seed) -> new RandomSearch<>(SPACE, Replacement.WITH, seed);
  }

  @Test
  void withoutReplacementEveryCellIsDrawnOnceAndThenTheSearchIsDone() {
    Settings more = Settings.charged(2L * SPACE.count());
    var study =
        new BlackBoxStudy<>(SPACE, new Landscape(), Objectives.of(Landscape.ACCURACY), more);
    History<Cell> history = study.run(WITHOUT.open(more.evaluations(), 1));
    assertThat(history.end()).isEqualTo(History.End.DONE);
    assertThat(history.entries().stream().map(entry -> entry.trial().candidate()))
        .hasSize(SPACE.count())
        .doesNotHaveDuplicates();
    History<Cell> repeating = study.run(opening().open(more.evaluations(), 1));
    assertThat(repeating.end()).isEqualTo(History.End.SPENT);
    assertThat(
            repeating.entries().subList(0, SPACE.count()).stream()
                .map(entry -> entry.trial().candidate())
                .distinct())
        .hasSizeLessThan(SPACE.count());
  }
}
