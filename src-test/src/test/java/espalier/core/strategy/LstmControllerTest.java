package espalier.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The controller's gradients are central differences. It lies in the controller's package because
 * nobody else may see its weights.
 */
final class LstmControllerTest {
  private static final List<Integer> OPTIONS = List.of(3, 2, 4, 3);
  private static final int HIDDEN = 5;
  private static final double STEP = 1e-5;

  /** The logarithm of the odds of all choices is what is measured. */
  private static double logOdds(LstmController controller, int[] choices) {
    double[][] odds = controller.decide((decision, each) -> choices[decision]).odds();
    double sum = 0;
    for (int decision = 0; decision < choices.length; decision++) {
      sum += StrictMath.log(odds[decision][choices[decision]]);
    }
    return sum;
  }

  @Property(tries = 20, seed = "73")
  void gradientsAreCentralDifferences(@ForAll long seed) {
    Philox random = Philox.of(seed, "controller");
    LstmController controller = new LstmController(OPTIONS, HIDDEN, random);
    double[][] parameters = controller.parameters();
    for (int row = 0; row < parameters.length; row++) {
      for (int i = 0; i < parameters[row].length; i++) {
        parameters[row][i] = 0.8 * random.step(1).trial(row).normal(i);
      }
    }
    int[] choices =
        OPTIONS.stream().mapToInt(count -> random.step(2).below(count, count)).toArray();
    LstmController.Trace trace = controller.decide((decision, odds) -> choices[decision]);
    double[][] atLogits = new double[choices.length][];
    for (int decision = 0; decision < choices.length; decision++) {
      atLogits[decision] = Arrays.stream(trace.odds()[decision]).map(odds -> -odds).toArray();
      atLogits[decision][choices[decision]] += 1;
    }
    double[][] gradient = controller.zeros();
    controller.backward(trace, atLogits, gradient);
    for (int row = 0; row < parameters.length; row++) {
      for (int i = 0; i < parameters[row].length; i++) {
        double value = parameters[row][i];
        parameters[row][i] = value + STEP;
        double above = logOdds(controller, choices);
        parameters[row][i] = value - STEP;
        double below = logOdds(controller, choices);
        parameters[row][i] = value;
        // Third derivatives of a few units times STEP² / 6, and rounding over STEP.
        assertThat(gradient[row][i])
            .as("row %d, %d", row, i)
            .isCloseTo((above - below) / (2 * STEP), within(1e-8));
      }
    }
  }

  @Test
  void laterOddsDependOnEarlierChoicesAndEarlierOddsNotOnLaterOnes() {
    LstmController controller = new LstmController(OPTIONS, HIDDEN, Philox.of(1, "controller"));
    double[][] one = controller.decide((decision, odds) -> 0).odds();
    double[][] other = controller.decide((decision, odds) -> decision == 1 ? 1 : 0).odds();
    assertThat(other[0]).containsExactly(one[0]);
    assertThat(other[1]).containsExactly(one[1]);
    assertThat(other[2]).isNotEqualTo(one[2]);
    assertThat(other[3]).isNotEqualTo(one[3]);
  }
}
