package espalier.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.analysis.ShapleyValues;
import espalier.core.random.Philox;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Shapley values of games with known answers. */
final class ShapleyValuesTest {
  private static final double ROUNDING = 1e-12;

  /** One left glove, two right ones, a pair is worth 1: 2/3, 1/6 and 1/6. */
  @Test
  void glovesAreWorthTheirScarcity() {
    double[] values =
        ShapleyValues.exact(3, gloves -> (gloves & 1) == 1 && (gloves & 6) != 0 ? 1 : 0);
    assertThat(values).containsExactly(new double[] {2 / 3.0, 1 / 6.0, 1 / 6.0}, within(ROUNDING));
  }

  /** Runways of lengths 1, 2 and 4, built for the longest: 1/3, 1/3 + 1/2, 1/3 + 1/2 + 2. */
  @Test
  void runwaysAreSharedByThoseWhoNeedThem() {
    double[] values =
        ShapleyValues.exact(3, planes -> (planes & 4) != 0 ? 4 : (planes & 2) != 0 ? 2 : planes);
    assertThat(values).containsExactly(new double[] {1 / 3.0, 5 / 6.0, 17 / 6.0}, within(ROUNDING));
  }

  @Property(tries = 100, seed = "41")
  void valuesAreTheMeanOverAllOrders(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int players) {
    Philox worth = Philox.of(seed, "worth");
    double[] sums = new double[players];
    int orders = join(0, players, worth, sums);
    double[] values = ShapleyValues.exact(players, worth::uniformDouble);
    for (int player = 0; player < players; player++) {
      assertThat(values[player]).isCloseTo(sums[player] / orders, within(ROUNDING));
    }
    double whole = worth.uniformDouble((1 << players) - 1) - worth.uniformDouble(0);
    assertThat(Arrays.stream(values).sum()).isCloseTo(whole, within(ROUNDING));
  }

  /** Adds what each player adds, over all orders of those not yet joined; how many orders. */
  private static int join(int joined, int players, Philox worth, double[] sums) {
    int orders = 0;
    for (int player = 0; player < players; player++) {
      if ((joined >> player & 1) == 0) {
        int with = joined | 1 << player;
        int rest = join(with, players, worth, sums);
        sums[player] += rest * (worth.uniformDouble(with) - worth.uniformDouble(joined));
        orders += rest;
      }
    }
    return Math.max(1, orders);
  }

  @Test
  void tooManyPlayersAreRefused() {
    assertThatThrownBy(() -> ShapleyValues.exact(21, coalition -> 0))
        .hasMessage("Shapley values: 21 players, expected 1 to 20");
  }
}
