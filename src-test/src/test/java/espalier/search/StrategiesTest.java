package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.strategy.Strategies;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StrategiesTest {
  private static final DartsSpace DARTS = DartsSpace.cifar();

  static Stream<String> names() {
    return Strategies.ofCells(DARTS).keySet().stream();
  }

  /** Long enough for those that learn to propose what they have learnt. */
  @ParameterizedTest
  @MethodSource("names")
  void everyStrategySearchesASpaceOfTwoCells(String name) {
    int trials = 24;
    Objective objective = Objective.maximise("length");
    Estimator<Genotype> estimator =
        trial ->
            new Outcome.Measured(Metrics.of("length", DARTS.print(trial.candidate()).length()));
    History<Genotype> history =
        new BlackBoxStudy<>(DARTS, estimator, Objectives.of(objective), Settings.charged(trials))
            .run(Strategies.ofCells(DARTS).get(name).open(objective, trials, 1));
    assertThat(history.charged()).hasSize(trials);
    assertThat(history.incumbent(objective)).isPresent();
  }
}
