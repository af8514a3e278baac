package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.Exp3Search;
import espalier.core.strategy.Exp3Search.Settings;
import java.util.Map;

final class Exp3SearchTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new Exp3Search<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "gamma", with(new Settings(0.3, 100)),
        "best", with(new Settings(0.2, 90)));
  }

  @Override
  public double lateFloor() {
    return 50.5;
  }
}
