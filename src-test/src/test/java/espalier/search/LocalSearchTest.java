package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.LocalSearch;

final class LocalSearchTest implements StrategyContract {
  @Override
  public Opening opening() {
    return (trials, seed) -> new LocalSearch<>(SPACE, ACCURACY, seed);
  }

  @Override
  public double lateFloor() {
    return 63;
  }
}
