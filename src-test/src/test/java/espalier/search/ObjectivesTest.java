package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What good means. */
final class ObjectivesTest {
  private static final Objective ACCURACY = Objective.maximise("accuracy").within(90);
  private static final Objective PARAMETERS = Objective.minimise("parameters").within(1000);
  private static final Objectives BOTH = Objectives.of(ACCURACY, PARAMETERS);

  private static Metrics metrics(double accuracy, double parameters) {
    return Metrics.of(List.of("accuracy", "parameters"), accuracy, parameters);
  }

  @Test
  void limitsAreMetByTheirOwnValue() {
    assertThat(BOTH.violation(metrics(90, 1000))).isEmpty();
    assertThat(BOTH.violation(metrics(89.9, 1000)))
        .contains(new Outcome.Infeasible(ACCURACY, 89.9));
    assertThat(BOTH.violation(metrics(90, 1001)))
        .contains(new Outcome.Infeasible(PARAMETERS, 1001));
    assertThat(ACCURACY.admits(Double.NaN)).isFalse();
  }

  @Test
  void whatIsNotKnownIsNotJudged() {
    assertThat(BOTH.violation(Metrics.of("parameters", 1))).isEmpty();
    assertThat(BOTH.violation(Metrics.none())).isEmpty();
  }

  @Test
  void aFrontIsWhatNothingDominates() {
    List<double[]> scores =
        List.of(
            BOTH.scores(metrics(90, 10)),
            BOTH.scores(metrics(95, 20)),
            BOTH.scores(metrics(94, 20)),
            BOTH.scores(metrics(95, 20)),
            BOTH.scores(metrics(80, 11)),
            BOTH.scores(metrics(80, 5)));
    assertThat(Objectives.front(scores)).containsExactly(0, 1, 3, 5);
  }

  @Test
  void objectivesHaveMetricsOfTheirOwn() {
    assertThatThrownBy(() -> Objectives.of(ACCURACY, Objective.minimise("accuracy")))
        .hasMessageContaining("[accuracy, accuracy]");
    assertThatThrownBy(Objectives::of).hasMessageContaining("expected one or more");
  }

  @Test
  void aFidelityIsAPartOfTheWhole() {
    assertThat(new Fidelity(3, 12).share()).isEqualTo(0.25);
    assertThat(new Fidelity(12, 12).isWhole()).isTrue();
    assertThatThrownBy(() -> new Fidelity(13, 12)).hasMessageContaining("13 of 12 units");
    assertThatThrownBy(() -> new Fidelity(0, 12)).hasMessageContaining("0 of 12 units");
  }
}
