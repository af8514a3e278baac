package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.UpperConfidenceTree;
import espalier.core.strategy.UpperConfidenceTree.Settings;
import java.util.Map;

final class UpperConfidenceTreeTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new UpperConfidenceTree<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "exploration", with(new Settings(0.2, 100)),
        "best", with(new Settings(0.1, 50)));
  }

  @Override
  public double lateFloor() {
    return 76;
  }
}
