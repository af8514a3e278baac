package espalier.search;

import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.History;
import espalier.core.search.Objectives;
import espalier.core.space.Cell;
import espalier.core.strategy.ExhaustiveSearch;
import org.junit.jupiter.api.Test;

final class ExhaustiveSearchTest implements StrategyContract {
  @Override
  public Opening opening() {
    return (trials, seed) -> new ExhaustiveSearch<>(SPACE);
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Test
  void findsTheBestCellAndIsDone() {
    History<Cell> history =
        new BlackBoxStudy<>(
                SPACE,
                new Landscape(),
                Objectives.of(Landscape.ACCURACY),
                Settings.charged(Long.MAX_VALUE))
            .run(new ExhaustiveSearch<>(SPACE));
    assertThat(history.end()).isEqualTo(History.End.DONE);
    double best = SPACE.all().mapToDouble(Landscape::accuracy).max().orElseThrow();
    Cell found = history.incumbent(Landscape.ACCURACY).orElseThrow().trial().candidate();
    assertThat(Landscape.accuracy(found)).isEqualTo(best);
  }
}
