package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import espalier.core.train.Schedule;
import org.junit.jupiter.api.Test;

/** Learning rates at known points. */
class SchedulesTest {
  /** A few roundings of numbers below 1, each of at most 2⁻⁵³. */
  private static final double SMALL = 4 * 0x1p-53;

  @Test
  void theCosineFallsFromItsStartThroughItsMeanToItsEnd() {
    Schedule cosine = new Schedule.Cosine(0.4, 0.1);
    assertThat(cosine.rate(0)).isEqualTo(0.4);
    assertThat(cosine.rate(1.0 / 3)).isCloseTo(0.1 + 0.3 * 0.75, within(SMALL));
    assertThat(cosine.rate(0.5)).isCloseTo(0.25, within(SMALL));
    assertThat(cosine.rate(2.0 / 3)).isCloseTo(0.1 + 0.3 * 0.25, within(SMALL));
    assertThat(cosine.rate(1)).isEqualTo(0.1);
  }

  @Test
  void theLineIsStraight() {
    Schedule line = new Schedule.Linear(0.5, 0.25);
    assertThat(line.rate(0)).isEqualTo(0.5);
    assertThat(line.rate(0.25)).isEqualTo(0.4375);
    assertThat(line.rate(1)).isEqualTo(0.25);
    assertThat(new Schedule.Constant(0.3).rate(0.7)).isEqualTo(0.3);
  }

  @Test
  void stepsFallAtTheEndOfEachPart() {
    Schedule steps = new Schedule.Steps(0.8, 0.5, 4);
    assertThat(steps.rate(0)).isEqualTo(0.8);
    assertThat(steps.rate(Math.nextDown(0.25))).isEqualTo(0.8);
    assertThat(steps.rate(0.25)).isEqualTo(0.4);
    assertThat(steps.rate(0.5)).isEqualTo(0.2);
    assertThat(steps.rate(Math.nextDown(1.0))).isEqualTo(0.1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.Steps(0.8, 0.5, 0))
        .withMessage("schedule: 0 stages, expected 1 or more");
  }

  @Test
  void warmUpRisesFromNothingAndThenRunsTheWholeOfTheOther() {
    Schedule warm = new Schedule.WarmUp(0.25, new Schedule.Linear(0.5, 0.1));
    assertThat(warm.rate(0)).isZero();
    assertThat(warm.rate(0.125)).isEqualTo(0.25);
    assertThat(warm.rate(0.25)).isEqualTo(0.5);
    assertThat(warm.rate(0.625)).isCloseTo(0.3, within(SMALL));
    assertThat(warm.rate(1)).isCloseTo(0.1, within(SMALL));
    assertThat(new Schedule.WarmUp(0, new Schedule.Constant(0.5)).rate(0)).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule.WarmUp(1, new Schedule.Constant(0.5)))
        .withMessage("warm-up: share 1.0 of the training, expected at least 0 and less than 1");
  }
}
