package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.RegularizedEvolution;
import espalier.core.strategy.RegularizedEvolution.Settings;
import java.util.Map;
import java.util.Optional;

final class RegularizedEvolutionTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new RegularizedEvolution<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "population", with(new Settings(11, 3)),
        "tournament", with(new Settings(10, 4)));
  }

  @Override
  public double lateFloor() {
    return 61;
  }

  /** A node is drawn uniformly, then one of its edges. */
  @Override
  public Optional<StrategyKit.Walk> walk() {
    return Optional.of(
        new StrategyKit.Walk(
            with(new Settings(1, 1)), 1 / 3.0, 1 / 6.0, 1 / 6.0, 1 / 9.0, 1 / 9.0, 1 / 9.0));
  }
}
