package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.strategy.PredictorGuidedSearch;
import espalier.core.strategy.PredictorGuidedSearch.Settings;
import java.util.Map;

final class PredictorGuidedSearchTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> PredictorGuidedSearch.forest(SPACE, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "initial", with(new Settings(19, 10, 100, 10, 0.3)),
        "round", with(new Settings(20, 9, 100, 10, 0.3)),
        "candidates", with(new Settings(20, 10, 90, 10, 0.3)),
        "parents", with(new Settings(20, 10, 100, 9, 0.3)),
        "random", with(new Settings(20, 10, 100, 10, 0.2)));
  }

  @Override
  public double lateFloor() {
    return 71;
  }
}
