package espalier.neat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.neat.Genome;
import espalier.core.random.Philox;
import espalier.core.search.Fidelity;
import espalier.core.search.Objective;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import org.junit.jupiter.api.Test;

/** The tasks are those of the paper, and not easier. */
final class TasksTest {
  private static double solved(Genome genome) {
    return Objective.maximise("solved")
        .score(new Xor().estimate(new Trial<>(0, genome, Fidelity.whole(), new Start.Fresh())))
        .orElseThrow();
  }

  @Test
  void exclusiveOrTakesAHiddenNode() {
    for (int i = 0; i < 200; i++) {
      assertThat(solved(Xor.SPACE.sample(Philox.of(1, "minimal").trial(i)))).isZero();
    }
    Genome and =
        Xor.SPACE.parse(
            "0:0>4=5.0 1:1>4=5.0 2:2>4=-7.5 3:0>3=5.0 4:1>3=5.0 5:2>3=-2.5 6:4>3=-15.0");
    assertThat(solved(and)).isOne();
  }

  @Test
  void aCartThatIsLeftAloneDropsItsPoles() {
    assertThat(DoublePole.balanced(seen -> 0, 1_000)).isBetween(20, 100);
  }

  /** Upright poles of no speed push the cart by nothing: it moves as one body of all masses. */
  @Test
  void uprightPolesFallBackwardsWhenTheCartIsPushed() {
    double[] slope = DoublePole.slope(new double[6], 1);
    // Rods on hinges weigh a quarter: F = (M + m/4 + m'/4) a, and the rods turn by -3a/4l.
    double acceleration = 1 / (1 + 0.1 / 4 + 0.01 / 4);
    assertThat(slope[1]).isCloseTo(acceleration, within(1e-15));
    assertThat(slope[3]).isCloseTo(-0.75 * acceleration / 0.5, within(1e-14));
    assertThat(slope[5]).isCloseTo(-0.75 * acceleration / 0.05, within(1e-13));
  }

  /** A long pole beside a cart that is held by nothing falls as energy demands. */
  @Test
  void fallingKeepsEnergyButForFriction() {
    double[] state = {0, 0, 0.1, 0, 0.02, 0};
    double before = energy(state);
    for (int step = 0; step < 20; step++) {
      state = DoublePole.moved(state, 0);
    }
    assertThat(energy(state)).isCloseTo(before, within(1e-4));
    assertThat(Math.abs(state[3])).isGreaterThan(0.1);
  }

  private static double energy(double[] state) {
    double[] masses = {0.1, 0.01};
    double[] halves = {0.5, 0.05};
    double energy = state[1] * state[1] / 2;
    for (int pole = 0; pole < 2; pole++) {
      double angle = state[2 + 2 * pole];
      double turn = state[3 + 2 * pole];
      double along = state[1] + halves[pole] * turn * Math.cos(angle);
      double down = halves[pole] * turn * Math.sin(angle);
      double inertia = masses[pole] * halves[pole] * halves[pole] / 3;
      energy += masses[pole] * (along * along + down * down) / 2 + inertia * turn * turn / 2;
      energy += masses[pole] * 9.8 * halves[pole] * Math.cos(angle);
    }
    return energy;
  }
}
