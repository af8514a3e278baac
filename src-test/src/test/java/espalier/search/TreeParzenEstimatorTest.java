package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.TreeParzenEstimator;
import espalier.core.strategy.TreeParzenEstimator.Settings;
import java.util.Map;

final class TreeParzenEstimatorTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new TreeParzenEstimator<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "startup", with(new Settings(19, 24, 0.25, 25)),
        "drawn", with(new Settings(20, 2, 0.25, 25)),
        "gamma", with(new Settings(20, 24, 0.5, 25)),
        "mostGood", with(new Settings(20, 24, 0.25, 1)));
  }

  @Override
  public double lateFloor() {
    return 59;
  }
}
