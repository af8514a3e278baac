package espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.data.Splits.Sampling;
import espalier.core.io.ImageSpec;
import espalier.core.io.Normalisation;
import espalier.core.random.Philox;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NormalisationTest {

  @Test
  void meanAndDeviationAreThoseOfTheTrainingImagesAlone() {
    var images = CountedImages.of(40, 4);
    var train = Splits.byCount(images, 23, 10, Sampling.SHUFFLED, 1).train();
    for (int c = 0; c < 2; c++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 23; i++) {
        for (int place = c; place < 24; place += 2) {
          double value = images.value(train.index(i), place);
          sum += value;
          squares += value * value;
        }
      }
      int n = 23 * 12;
      double mean = sum / n;
      // The sums are of whole numbers and exact; one rounding to float remains.
      var found = train.normalisation();
      assertThat(found.mean().get(c).doubleValue())
          .isCloseTo(mean, within(Math.ulp((float) mean) * 1.0));
      double deviation = Math.sqrt(squares / n - mean * mean);
      assertThat(found.deviation().get(c).doubleValue())
          .isCloseTo(deviation, within(Math.ulp((float) deviation) * 1.0));
    }
  }

  @Test
  void aMeanFarAboveTheDeviationLosesNothing() {
    var random = Philox.of(1, "far mean");
    var values = new float[1000];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = 100_000 + (random.below(i, 2) == 0 ? 1 : -1);
      sum += values[i] - 100_000;
    }
    double mean = sum / values.length;
    var labels = new int[values.length];
    labels[0] = 1;
    labels[1] = 1;
    var images = Dataset.of(new ImageSpec(1, 1, 1), values, labels, List.of("a", "b"));
    var all = Splits.byCount(images, 999, 1, Sampling.SHUFFLED, 1).retraining();
    double deviation = Math.sqrt(1 - mean * mean);
    assertThat(all.normalisation().deviation().getFirst())
        .isCloseTo((float) deviation, within(1e-6f));
  }

  @Test
  void aConstantChannelKeepsItsScale() {
    var images =
        Dataset.of(
            new ImageSpec(1, 1, 2),
            new float[] {5, 1, 5, 2, 5, 3},
            new int[] {0, 1, 0},
            List.of("a", "b"));
    var found = Splits.byCount(images, 2, 1, Sampling.SHUFFLED, 1).retraining().normalisation();
    assertThat(found.mean()).containsExactly(5f, 2f);
    assertThat(found.deviation().getFirst()).isEqualTo(1f);
    float[] values = {0, 5, 2};
    new Normalisation(List.of(5f, 2f), List.of(1f, 0.5f)).apply(values, 1, 2);
    assertThat(values).containsExactly(0, 0, 0);
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatThrownBy(() -> new Normalisation(List.of(0f), List.of(0f)))
        .hasMessageContaining("channel 0 has mean 0.0 and deviation 0.0");
    assertThatThrownBy(() -> new Normalisation(List.of(0f), List.of()))
        .hasMessageContaining("1 means and 0 deviations");
    assertThatThrownBy(() -> Normalisation.identity(2).apply(new float[3], 0, 3))
        .hasMessage("3 values are not whole pixels of 2 channels");
  }
}
