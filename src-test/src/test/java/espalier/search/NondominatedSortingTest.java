package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.PARAMETERS;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objectives;
import espalier.core.search.Strategy;
import espalier.core.space.Cell;
import espalier.core.strategy.NondominatedSorting;
import espalier.core.strategy.NondominatedSorting.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NondominatedSortingTest implements StrategyContract {
  private static final Objectives BOTH = Objectives.of(ACCURACY, PARAMETERS);

  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) ->
        new NondominatedSorting<>(SPACE, Objectives.of(ACCURACY), settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "population", with(new Settings(21, 0.9)), "crossover", with(new Settings(20, 0.5)));
  }

  @Override
  public double lateFloor() {
    return 64;
  }

  private static List<History.Entry<Cell>> front(
      Objectives objectives, int trials, Strategy<Cell> strategy) {
    return new BlackBoxStudy<>(
            SPACE, new Landscape(), objectives, BlackBoxStudy.Settings.charged(trials))
        .run(strategy)
        .front(objectives);
  }

  /** The area that a front covers above accuracy 0 and below the most parameters. */
  private static double covered(List<History.Entry<Cell>> front) {
    double most = 54;
    double area = 0;
    double reached = 0;
    List<Cell> cells =
        front.stream()
            .map(entry -> entry.trial().candidate())
            .sorted((a, b) -> Double.compare(Landscape.parameters(a), Landscape.parameters(b)))
            .toList();
    for (Cell cell : cells) {
      area += Math.max(0, Landscape.accuracy(cell) - reached) * (most - Landscape.parameters(cell));
      reached = Math.max(reached, Landscape.accuracy(cell));
    }
    return area / (100 * most);
  }

  @Test
  void itsFrontCoversMoreThanThatOfRandomCells() {
    int trials = 300;
    int seeds = 10;
    double found = 0;
    double random = 0;
    for (int seed = 0; seed < seeds; seed++) {
      found +=
          covered(
              front(
                  BOTH, trials, new NondominatedSorting<>(SPACE, BOTH, Settings.standard(), seed)));
      random += covered(front(BOTH, trials, new RandomSearchTest().opening().open(trials, seed)));
    }
    double best =
        covered(front(BOTH, SPACE.count(), new ExhaustiveSearchTest().opening().open(1, 1)));
    assertThat(found / seeds).isGreaterThan((best + random / seeds) / 2).isLessThanOrEqualTo(best);
  }

  @Test
  void whatMissesALimitLeadsToWhatMeetsIt() {
    Objectives strict = Objectives.of(ACCURACY.within(75), PARAMETERS.within(4));
    List<History.Entry<Cell>> front =
        front(strict, 600, new NondominatedSorting<>(SPACE, strict, Settings.standard(), 1));
    assertThat(front).isNotEmpty();
    assertThat(front).allMatch(e -> Landscape.accuracy(e.trial().candidate()) >= 75);
    assertThat(front).allMatch(e -> Landscape.parameters(e.trial().candidate()) <= 4);
  }
}
