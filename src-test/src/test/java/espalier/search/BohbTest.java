package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.strategy.Bohb;
import espalier.core.strategy.Bohb.Settings;
import espalier.core.strategy.Bracket;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BohbTest implements StrategyContract {
  @Override
  public Opening opening() {
    return with(Settings.standard());
  }

  private static Opening with(Settings settings) {
    return (trials, seed) -> new Bohb<>(SPACE, ACCURACY, Bracket.bohb(9, 3), settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "random", with(new Settings(0, 64, 0.15, 1e-3)),
        "drawn", with(new Settings(1.0 / 3, 4, 0.15, 1e-3)),
        "good", with(new Settings(1.0 / 3, 64, 0.3, 1e-3)),
        "bandwidth", with(new Settings(1.0 / 3, 64, 0.15, 0.7)),
        "natsBench", with(Settings.natsBench()),
        "brackets",
            (trials, seed) ->
                new Bohb<>(SPACE, ACCURACY, Bracket.bohb(27, 3), Settings.standard(), seed));
  }

  @Override
  public double lateFloor() {
    return 52;
  }

  @Test
  void itsCandidatesAreBetterThanThoseOfHyperband() {
    assertThat(kit().lateAccuracy(opening()))
        .isGreaterThan(kit().lateAccuracy(new HyperbandTest().opening()) + 1);
  }
}
