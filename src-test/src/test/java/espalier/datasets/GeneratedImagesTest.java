package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedImagesTest {
  private final GeneratedImages standard = GeneratedImages.standard(1);

  /** Changing these images changes every figure ever reported for them. */
  @Test
  void theImagesOfASeedStayWhatTheyAre() {
    assertThat(standard.training(50).contentHash())
        .isEqualTo("7dccaccc499dcfd442376683524596b960ed75b0dbb2719cd29c054d7a293fcb");
    assertThat(new GeneratedImages(new ImageSpec(20, 16, 1), 1).test(50).contentHash())
        .isEqualTo("75f7426e5ee7ba584f21c50d91a0b307564bdf68eb4fb7b56f541bdf745f645e");
  }

  @Test
  void moreImagesBeginWithTheSameOnesAndPartsDiffer() {
    var few = standard.training(15);
    var many = standard.training(40);
    for (int i = 0; i < few.size(); i++) {
      assertThat(many.label(i)).isEqualTo(few.label(i));
      assertThat(values(many, i)).isEqualTo(values(few, i));
    }
    var hashes = new HashSet<String>();
    hashes.add(few.contentHash());
    hashes.add(standard.test(15).contentHash());
    hashes.add(GeneratedImages.standard(2).training(15).contentHash());
    assertThat(hashes).hasSize(3);
  }

  @Test
  void classesAreBalancedAndInRandomOrder() {
    var images = standard.training(200);
    assertThat(images.classNames()).hasSize(10).doesNotHaveDuplicates();
    var orders = new HashSet<String>();
    for (int run = 0; run < 20; run++) {
      int from = run * 10;
      var labels = IntStream.range(from, from + 10).map(images::label).boxed().toList();
      assertThat(labels).doesNotHaveDuplicates();
      orders.add(labels.toString());
    }
    assertThat(orders).hasSize(20);
  }

  @Test
  void partsHaveTheSizesAskedFor() {
    var splits = new GeneratedImages(new ImageSpec(16, 16, 1), 3).splits(60, 30, 20);
    assertThat(splits.train().size()).isEqualTo(60);
    assertThat(splits.valid().size()).isEqualTo(30);
    assertThat(splits.test().orElseThrow().size()).isEqualTo(20);
  }

  @Test
  void brightnessSaysNothingAboutTheClass() {
    var images = new GeneratedImages(new ImageSpec(16, 16, 3), 1).training(3000);
    var sums = new double[10];
    double all = 0;
    double squares = 0;
    for (int i = 0; i < images.size(); i++) {
      double mean = 0;
      for (float value : values(images, i)) {
        mean += value / images.image().values();
      }
      sums[images.label(i)] += mean;
      all += mean;
      squares += mean * mean;
    }
    double mean = all / images.size();
    double deviation = Math.sqrt(squares / images.size() - mean * mean);
    // Means of 300 images each scatter by deviation / sqrt(300); four times that is allowed.
    for (double sum : sums) {
      assertThat(Math.abs(sum / 300 - mean)).isLessThan(4 * deviation / Math.sqrt(300));
    }
  }

  @Test
  void aLinearClassifierIsBad() {
    var spec = new ImageSpec(16, 16, 3);
    var generated = new GeneratedImages(spec, 1);
    var train = generated.training(2000);
    var test = generated.test(500);
    int inputs = spec.values() + 1;
    var weights = new double[10][inputs];
    // Multinomial logistic regression: a few epochs of plain stochastic gradient descent.
    for (int step = 0; step < 5 * train.size(); step++) {
      int i = step % train.size();
      var x = values(train, i);
      double[] p = probabilities(weights, x);
      for (int c = 0; c < 10; c++) {
        double slope = 0.01 * (p[c] - (train.label(i) == c ? 1 : 0));
        for (int j = 0; j < x.length; j++) {
          weights[c][j] -= slope * (x[j] - 0.5);
        }
        weights[c][inputs - 1] -= slope;
      }
    }
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      double[] p = probabilities(weights, values(test, i));
      int best = IntStream.range(0, 10).reduce((a, b) -> p[b] > p[a] ? b : a).orElseThrow();
      right += best == test.label(i) ? 1 : 0;
    }
    assertThat(right / 500.0).isBetween(0.05, 0.3);
  }

  private static double[] probabilities(double[][] weights, float[] x) {
    var scores = new double[weights.length];
    double sum = 0;
    for (int c = 0; c < scores.length; c++) {
      double score = weights[c][x.length];
      for (int j = 0; j < x.length; j++) {
        score += weights[c][j] * (x[j] - 0.5);
      }
      scores[c] = Math.exp(score);
      sum += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= sum;
    }
    return scores;
  }

  @Test
  void writtenFoldersReadBackTheSame(@TempDir Path folder) {
    for (int channels : new int[] {1, 3}) {
      var generated = new GeneratedImages(new ImageSpec(18, 16, channels), 5);
      var target = folder.resolve("out" + channels);
      generated.writeFolders(target, 40, 20);
      var read = Datasets.open(target);
      var test = read.test().orElseThrow();
      assertThat(read.training().image()).isEqualTo(generated.image());
      assertThat(read.training().size()).isEqualTo(40);
      assertThat(read.training().classNames())
          .containsExactlyInAnyOrderElementsOf(GeneratedImages.classNames());
      assertThat(contents(test)).isEqualTo(contents(generated.test(20)));
      assertThatThrownBy(() -> generated.writeFolders(target, 40, 20))
          .isInstanceOf(DataException.class)
          .hasMessage(target + ": exists already; remove it or choose another folder");
    }
    assertThat(folder.resolve(".out1.partial")).doesNotExist();
    assertThat(Files.exists(folder.resolve("out3/train/star"))).isTrue();
  }

  /** Class and values of each image, in no order. */
  private static Set<String> contents(Dataset images) {
    var contents = new HashSet<String>();
    for (int i = 0; i < images.size(); i++) {
      contents.add(images.classNames().get(images.label(i)) + Arrays.toString(values(images, i)));
    }
    assertThat(contents).hasSize(images.size());
    return contents;
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> new GeneratedImages(new ImageSpec(32, 15, 3), 1))
        .hasMessage(
            "generated images have 1 or 3 channels and at least 16x16 pixels, found 32x15x3");
    assertThatThrownBy(() -> standard.training(0)).hasMessageContaining("found 0");
  }

  private static float[] values(Dataset images, int index) {
    var values = new float[images.image().values()];
    images.read(index, values, 0);
    return values;
  }
}
