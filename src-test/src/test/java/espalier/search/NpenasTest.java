package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.space.LabelledGraph;
import espalier.core.strategy.Npenas;
import espalier.core.strategy.Npenas.Settings;
import java.util.Map;

/** With a small network: the published one takes seconds for one search. */
final class NpenasTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(new Settings(10, 10, 100, 50, 1, 8, 20, 0.03));
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new Npenas<>(SPACE, LabelledGraph::of, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "initial", with(new Settings(9, 10, 100, 50, 1, 8, 20, 0.03)),
        "round", with(new Settings(10, 9, 100, 50, 1, 8, 20, 0.03)),
        "candidates", with(new Settings(10, 10, 90, 50, 1, 8, 20, 0.03)),
        "parents", with(new Settings(10, 10, 100, 1, 1, 8, 20, 0.03)),
        "layers", with(new Settings(10, 10, 100, 50, 2, 8, 20, 0.03)),
        "width", with(new Settings(10, 10, 100, 50, 1, 7, 20, 0.03)),
        "epochs", with(new Settings(10, 10, 100, 50, 1, 8, 19, 0.03)),
        "rate", with(new Settings(10, 10, 100, 50, 1, 8, 20, 0.02)));
  }

  @Override
  public double lateFloor() {
    return 67;
  }
}
