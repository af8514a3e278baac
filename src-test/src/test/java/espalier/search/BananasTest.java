package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;

import espalier.core.space.Cell;
import espalier.core.space.Encodable;
import espalier.core.space.PathEncoding;
import espalier.core.strategy.Bananas;
import espalier.core.strategy.Bananas.Settings;
import java.util.List;
import java.util.Map;

/** With a small ensemble: the published one takes seconds for one search. */
final class BananasTest implements StrategyContract {
  private static final Encodable<Cell> PATHS = PathEncoding.complete(SPACE);
  private static final List<Integer> WIDTHS = List.of(10);

  @Override
  public Opening opening() {
    return with(new Settings(10, 10, 100, 50, 3, WIDTHS, 20, 0.03));
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new Bananas<>(SPACE, PATHS, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "initial", with(new Settings(9, 10, 100, 50, 3, WIDTHS, 20, 0.03)),
        "round", with(new Settings(10, 9, 100, 50, 3, WIDTHS, 20, 0.03)),
        "candidates", with(new Settings(10, 10, 90, 50, 3, WIDTHS, 20, 0.03)),
        "parents", with(new Settings(10, 10, 100, 1, 3, WIDTHS, 20, 0.03)),
        "members", with(new Settings(10, 10, 100, 50, 2, WIDTHS, 20, 0.03)),
        "widths", with(new Settings(10, 10, 100, 50, 3, List.of(9), 20, 0.03)),
        "epochs", with(new Settings(10, 10, 100, 50, 3, WIDTHS, 19, 0.03)),
        "rate", with(new Settings(10, 10, 100, 50, 3, WIDTHS, 20, 0.02)));
  }

  @Override
  public double lateFloor() {
    return 69;
  }
}
