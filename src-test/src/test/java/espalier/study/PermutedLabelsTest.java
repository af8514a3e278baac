package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.data.Augmentation;
import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.ImageSpec;
import espalier.core.space.Cell;
import espalier.core.study.Budget;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.SearchableCells;
import espalier.core.study.StudyListener;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.train.Adam;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Labels that were dealt out anew before the split teach nothing, so a whole study that still beats
 * chance on unseen images has seen them.
 */
final class PermutedLabelsTest {
  private static final ImageSpec IMAGE = new ImageSpec(16, 16, 1);
  private static final int SEARCH_IMAGES = 320;
  private static final int TEST_IMAGES = 500;
  private static final int CLASSES = 10;
  private static final int EPOCHS = 5;
  private static final int BATCH = 32;

  /** How often a study without a leak may be accused of one. */
  private static final double FALSE_ALARM = 1e-6;

  @Test
  void foundAccuracyFallsToChance() {
    GeneratedImages images = new GeneratedImages(IMAGE, 31);
    Dataset search = images.training(2 * SEARCH_IMAGES).permuteLabels(1);
    Dataset test = images.test(TEST_IMAGES).permuteLabels(2);
    assertThat(testAccuracy(search, test)).isLessThan(chanceBound(TEST_IMAGES));
  }

  /** Whoever prepared the data left the label in a corner of the image. */
  @Test
  void aLabelWrittenIntoAPixelIsCaught() {
    GeneratedImages images = new GeneratedImages(IMAGE, 31);
    Dataset search = withLabelInCorner(images.training(2 * SEARCH_IMAGES).permuteLabels(1));
    Dataset test = withLabelInCorner(images.test(TEST_IMAGES).permuteLabels(2));
    assertThat(testAccuracy(search, test)).isGreaterThan(chanceBound(TEST_IMAGES));
  }

  /**
   * The least accuracy on {@code n} images, as many of each class, that no study without knowledge
   * of their labels reaches but with the probability of a false alarm. How many permuted labels
   * agree with fixed answers is a sum of negatively associated indicators with mean n / classes, so
   * Chernoff's bound for independent ones holds: {@code P(accuracy ≥ a) ≤ exp(−n·KL(a ‖
   * 1/classes))} [Joag-Dev and Proschan 1983; Dubhashi and Ranjan 1998].
   */
  private static double chanceBound(int n) {
    double chance = 1.0 / CLASSES;
    for (int right = n / CLASSES + 1; right < n; right++) {
      double a = (double) right / n;
      double divergence = a * Math.log(a / chance) + (1 - a) * Math.log((1 - a) / (1 - chance));
      if (Math.exp(-n * divergence) <= FALSE_ALARM) {
        return a;
      }
    }
    throw new AssertionError(n + " images are too few");
  }

  private static double testAccuracy(Dataset search, Dataset test) {
    Splits splits =
        Splits.byCount(search, SEARCH_IMAGES, SEARCH_IMAGES, Splits.Sampling.STRATIFIED, 4)
            .withTest(test);
    SearchStudy<Cell> study =
        new SearchStudy<>(
            new SearchableCells<>(ConnectedSpace.of(4)),
            new SearchMethod.Darts(settings(), new Budget.Epochs(2)),
            splits,
            SEARCH_IMAGES,
            Recipe.standard().withBatchSize(BATCH).with(Sgd.darts(), new Schedule.Cosine(0.1, 0)),
            new Budget.Epochs(EPOCHS),
            true,
            9,
            List.of());
    try (Backend backend = Backends.best(BackendOptions.threads(1));
        SearchStudy.Result<Cell> result =
            study.run(backend, Optional.empty(), StudyListener.none())) {
      return result.test().orElseThrow().value(Metric.ACCURACY);
    }
  }

  private static DifferentiableSearch.Settings settings() {
    return new DifferentiableSearch.Settings(
        BATCH,
        Sgd.darts(),
        new Schedule.Cosine(0.1, 0.01),
        5,
        Adam.architecture(),
        0.02,
        BilevelSteps.Order.FIRST,
        Augmentation.none());
  }

  /** The same images and labels, each label as the brightness of a 4×4 corner. */
  private static Dataset withLabelInCorner(Dataset dataset) {
    ImageSpec image = dataset.image();
    float[] pixels = new float[dataset.size() * image.values()];
    int[] labels = new int[dataset.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = dataset.label(i);
      dataset.read(i, pixels, i * image.values());
      for (int p = 0; p < 16; p++) {
        int at = p / 4 * image.width() + p % 4;
        pixels[i * image.values() + at] = labels[i];
      }
    }
    return Dataset.of(image, pixels, labels, dataset.classNames());
  }
}
