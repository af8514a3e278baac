package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.HedgeSearch;
import espalier.core.strategy.HedgeSearch.Settings;
import java.util.Map;

final class HedgeSearchTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new HedgeSearch<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "rate", with(new Settings(20, 100)),
        "best", with(new Settings(10, 50)));
  }

  @Override
  public double lateFloor() {
    return 65;
  }
}
