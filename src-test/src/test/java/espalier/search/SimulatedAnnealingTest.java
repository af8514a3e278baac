package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.SimulatedAnnealing;
import espalier.core.strategy.SimulatedAnnealing.Settings;
import java.util.Map;
import java.util.Optional;

final class SimulatedAnnealingTest implements StrategyContract {
  @Override
  public Opening opening() {
    return (trials, seed) ->
        new SimulatedAnnealing<>(SPACE, ACCURACY, Settings.standard(trials), seed);
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new SimulatedAnnealing<>(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "first", with(new Settings(9, 0.1, 120)),
        "last", with(new Settings(5, 2, 120)),
        "trials", with(new Settings(5, 0.1, 60)));
  }

  @Override
  public double lateFloor() {
    return 69;
  }

  /** So hot that every step is taken. */
  @Override
  public Optional<StrategyKit.Walk> walk() {
    return Optional.of(
        new StrategyKit.Walk(
            with(new Settings(1e9, 1e9, 1)), 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0));
  }
}
