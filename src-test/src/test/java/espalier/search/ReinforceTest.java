package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.Reinforce;
import espalier.core.strategy.Reinforce.Settings;
import java.util.Map;

final class ReinforceTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new Reinforce<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "rate", with(new Settings(0.02, 0.9)),
        "baselineDecay", with(new Settings(0.01, 0.5)));
  }

  @Override
  public double lateFloor() {
    return 52;
  }
}
