package espalier.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.Dropout;
import espalier.core.nn.Layer;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.nn.Built.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What training omits, and how often. */
class DropoutTest {
  private static final int COUNT = 10_000;
  private static final Shape SHAPE = Shape.of(COUNT / 4, 4);
  private static final Setting TRAINING = Setting.training(Map.of());

  private static double[] ones() {
    double[] ones = new double[COUNT];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] dropped(Layer layer, Setting setting) {
    return Built.run(layer, SHAPE, ones(), setting).output();
  }

  /** The share of zeros among draws with that probability lies within five deviations. */
  private static void dropsWith(double probability, double[] masks, int draws) {
    double zeros = Arrays.stream(masks).filter(value -> value == 0).count();
    double deviation = Math.sqrt(probability * (1 - probability) / draws);
    assertThat(zeros / masks.length).isCloseTo(probability, within(5 * deviation));
    assertThat(Arrays.stream(masks).filter(value -> value != 0))
        .allSatisfy(value -> assertThat(value).isCloseTo(1 / (1 - probability), within(1e-6)));
  }

  @Test
  void elementsAreDroppedAsOftenAsAskedAndTheOthersGrowSoThatTheExpectationStays() {
    for (double probability : new double[] {0.1, 0.5, 0.9}) {
      dropsWith(probability, dropped(Dropout.elements(probability), TRAINING), COUNT);
    }
  }

  @Test
  void pathsAreDroppedForWholeImages() {
    Setting fed = TRAINING.feeding(Dropout.PATH_PROBABILITY, 0.25);
    double[] output = dropped(Dropout.path(), fed);
    dropsWith(0.25, output, COUNT / 4);
    for (int i = 0; i < COUNT; i += 4) {
      assertThat(Arrays.copyOfRange(output, i, i + 4)).containsOnly(output[i]);
    }
    assertThat(dropped(Dropout.path(), TRAINING.feeding(Dropout.PATH_PROBABILITY, 0)))
        .containsOnly(1);
  }

  @Test
  void theMaskIsAFunctionOfSeedAndStep() {
    Layer layer = Dropout.elements(0.5);
    double[] first = dropped(layer, TRAINING.at(7, 3));
    assertThat(dropped(layer, TRAINING.at(7, 3))).isEqualTo(first);
    assertThat(dropped(layer, TRAINING.at(7, 4))).isNotEqualTo(first);
    assertThat(dropped(layer, TRAINING.at(8, 3))).isNotEqualTo(first);
    assertThat(dropped(layer, TRAINING.at(7 + (1L << 32), 3))).isNotEqualTo(first);
    assertThat(dropped(layer, TRAINING.at(7, 3 + (1L << 32)))).isNotEqualTo(first);
  }

  @Test
  void twoDropoutsOfANetworkDropApart() {
    Layer two =
        (scope, x) -> {
          Tensor first = Dropout.elements(0.5).apply(scope, x);
          return Tensor.concat(1, List.of(first, Dropout.elements(0.5).apply(scope, x)));
        };
    double[] both = dropped(two, TRAINING);
    double same = 0;
    for (int i = 0; i < both.length; i += 8) {
      for (int j = i; j < i + 4; j++) {
        same += both[j] == both[j + 4] ? 1 : 0;
      }
    }
    assertThat(same / COUNT).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(COUNT)));
  }

  @Test
  void inferenceDropsNothing() {
    Setting inference = Setting.inference(Map.of());
    assertThat(dropped(Dropout.elements(0.5), inference)).containsOnly(1);
    assertThat(dropped(Dropout.path(), inference)).containsOnly(1);
    assertThat(dropped(Dropout.elements(0), TRAINING)).containsOnly(1);
  }

  @Test
  void aProbabilityThatLeavesNothingIsRefused() {
    for (double probability : new double[] {1, -0.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Dropout.elements(probability))
          .withMessage("dropout: found " + probability + ", expected at least 0 and less than 1");
    }
  }
}
