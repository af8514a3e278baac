package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.ProximalPolicy;
import espalier.core.strategy.ProximalPolicy.Settings;
import java.util.Map;

final class ProximalPolicyTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(new Settings(16, 10, 5, 0.2, 0.01, 0.01, 0.9));
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new ProximalPolicy<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "hidden", with(new Settings(15, 10, 5, 0.2, 0.01, 0.01, 0.9)),
        "batch", with(new Settings(16, 9, 5, 0.2, 0.01, 0.01, 0.9)),
        "epochs", with(new Settings(16, 10, 6, 0.2, 0.01, 0.01, 0.9)),
        "clip", with(new Settings(16, 10, 5, 0.1, 0.01, 0.01, 0.9)),
        "entropy", with(new Settings(16, 10, 5, 0.2, 0.3, 0.01, 0.9)),
        "rate", with(new Settings(16, 10, 5, 0.2, 0.01, 0.02, 0.9)),
        "baselineDecay", with(new Settings(16, 10, 5, 0.2, 0.01, 0.01, 0.3)));
  }

  @Override
  public double lateFloor() {
    return 55;
  }
}
