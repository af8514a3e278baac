package espalier.morph;

import static espalier.morph.PlantedNetworks.QUALITY;
import static espalier.morph.PlantedNetworks.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.Growth;
import espalier.core.morph.NetworkMorphismSearch;
import espalier.core.morph.NetworkMorphismSearch.Settings;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.statistics.PairedTest;
import espalier.core.strategy.RandomSearch;
import espalier.search.ContractOn;
import espalier.search.OpeningOn;
import espalier.search.StrategyKit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NetworkMorphismSearchTest implements ContractOn<GrowingNetwork> {
  private static final Settings STANDARD = Settings.standard();

  @Override
  public StrategyKit<GrowingNetwork> kit() {
    return new StrategyKit<>(
        new StrategyKit.Ground<>(
            SPACE,
            new PlantedNetworks(),
            QUALITY,
            PlantedNetworks::quality,
            PlantedNetworks.LAYERS,
            6,
            120));
  }

  @Override
  public OpeningOn<GrowingNetwork> opening() {
    return with(STANDARD);
  }

  private static OpeningOn<GrowingNetwork> with(Settings settings) {
    return (trials, seed) -> new NetworkMorphismSearch(SPACE, QUALITY, settings, seed);
  }

  @Override
  public Map<String, OpeningOn<GrowingNetwork>> options() {
    return Map.of(
        "neighbours", with(new Settings(7, 5, 1)),
        "morphisms", with(new Settings(8, 4, 1)),
        "unevenness", with(new Settings(8, 5, 0)));
  }

  /** Networks drawn uniformly reach 0 on average, those of climbs that are told nothing true 9. */
  @Override
  public double lateFloor() {
    return 60;
  }

  private static History<GrowingNetwork> run(
      Strategy<GrowingNetwork> strategy, Estimator<GrowingNetwork> estimator, int trials) {
    return new BlackBoxStudy<>(
            SPACE, estimator, Objectives.of(QUALITY), BlackBoxStudy.Settings.charged(trials))
        .run(strategy);
  }

  private static double best(History<GrowingNetwork> history) {
    return history.entries().stream()
        .mapToDouble(entry -> PlantedNetworks.quality(entry.trial().candidate()))
        .max()
        .orElseThrow();
  }

  /**
   * At equal numbers of trials, paired by seed. Random search draws from the whole space, where
   * large networks are most; the harder rival, which the paper has, too, is the same climb by
   * random morphisms of random neighbours: it begins as small, and is told numbers that mean
   * nothing.
   */
  @Test
  void climbsHigherThanRandomSearchAndThanRandomMorphisms() {
    int seeds = 30;
    int trials = 120;
    double[] climbs = new double[seeds];
    double[] random = new double[seeds];
    double[] blind = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      Philox noise = Philox.of(seed, "noise");
      Estimator<GrowingNetwork> ignorant =
          trial ->
              new Outcome.Measured(
                  Metrics.of(QUALITY.metric(), noise.uniformDouble(trial.number())));
      Estimator<GrowingNetwork> planted = new PlantedNetworks();
      climbs[seed] = best(run(opening().open(trials, seed), planted, trials));
      blind[seed] = best(run(opening().open(trials, seed), ignorant, trials));
      random[seed] =
          best(
              run(new RandomSearch<>(SPACE, RandomSearch.Replacement.WITH, seed), planted, trials));
    }
    for (double[] rival : List.of(random, blind)) {
      assertThat(Arrays.stream(climbs).average().orElseThrow())
          .isGreaterThan(Arrays.stream(rival).average().orElseThrow());
      assertThat(PairedTest.wilcoxon(climbs, rival)).isLessThan(0.01);
    }
  }

  /** One small network, then eight neighbours of the best of the eight before. */
  @Test
  void neighboursInheritFromTheBestOfThoseBefore() {
    List<History.Entry<GrowingNetwork>> entries =
        run(opening().open(49, 5), new PlantedNetworks(), 1 + 6 * STANDARD.neighbours()).entries();
    assertThat(entries.getFirst().trial().start()).isEqualTo(new Start.Fresh());
    List<History.Entry<GrowingNetwork>> before = entries.subList(0, 1);
    for (int first = 1; first < entries.size(); first += STANDARD.neighbours()) {
      History.Entry<GrowingNetwork> parent =
          before.stream()
              .max(
                  Comparator.<History.Entry<GrowingNetwork>>comparingDouble(
                          e -> QUALITY.score(e.outcome()).orElseThrow())
                      .thenComparingLong(e -> -e.trial().number()))
              .orElseThrow();
      before = entries.subList(first, first + STANDARD.neighbours());
      for (History.Entry<GrowingNetwork> heir : before) {
        Start.Inherit start = (Start.Inherit) heir.trial().start();
        Growth growth = (Growth) start.how();
        assertThat(start.trial()).isEqualTo(parent.trial().number());
        assertThat(growth.from()).isEqualTo(parent.trial().candidate());
        assertThat(growth.to()).isEqualTo(heir.trial().candidate());
        assertThat(growth.steps())
            .hasSize(heir.equals(before.getFirst()) ? 0 : STANDARD.morphisms());
      }
    }
  }
}
