package espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.ContentHash;
import espalier.core.data.Dataset;
import espalier.core.io.ImageSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DatasetTest {
  private static final ImageSpec DOT = new ImageSpec(1, 1, 2);
  private static final List<String> NAMES = List.of("cat", "dog");

  private final Dataset dots = Dataset.of(DOT, new byte[] {0, -1, 51, 1}, new int[] {0, 1}, NAMES);

  @Test
  void bytesReadAsPartsOfOneAndFloatsAsTheyAre() {
    var values = new float[4];
    dots.read(1, values, 2);
    assertThat(values).containsExactly(0, 0, 0.2f, 1 / 255f);
    dots.read(0, values, 0);
    assertThat(values).startsWith(0, 1f);
    var floats = Dataset.of(DOT, new float[] {-3, 7, 0, 1}, new int[] {0, 1}, NAMES);
    floats.read(0, values, 0);
    assertThat(values).startsWith(-3, 7);
  }

  @Test
  void arraysChangedLaterDoNotChangeTheDataset() {
    byte[] pixels = {1, 2, 3, 4};
    int[] labels = {0, 1};
    var dataset = Dataset.of(DOT, pixels, labels, NAMES);
    var hash = dataset.contentHash();
    pixels[0] = 99;
    labels[0] = 1;
    assertThat(dataset.label(0)).isZero();
    assertThat(ContentHash.of(dataset))
        .isEqualTo(ContentHash.of(Dataset.of(DOT, new byte[] {1, 2, 3, 4}, labels(0, 1), NAMES)));
    assertThat(dataset.contentHash()).isEqualTo(hash);
  }

  @Test
  void whatIsNotADatasetIsRefusedInASentence() {
    refuses(new byte[0], labels(), NAMES, "a dataset needs images, found none");
    refuses(
        new byte[3],
        labels(0, 1),
        NAMES,
        "2 labels need as many images of 1x1x2, which is 4 values, found 3");
    refuses(
        new byte[4], labels(0, 0), List.of("cat"), "a dataset needs at least two classes, found 1");
    refuses(
        new byte[4],
        labels(0, 2),
        NAMES,
        "image 1 has the label 2; labels of 2 classes are 0 to 1");
    refuses(
        new byte[4],
        labels(-1, 0),
        NAMES,
        "image 0 has the label -1; labels of 2 classes are 0 to 1");
    refuses(
        new byte[4],
        labels(0, 1),
        List.of("cat", "cat"),
        "class names must differ, found [cat, cat]");
    assertThatThrownBy(() -> Dataset.of(DOT, new float[] {0, 1, 2, Float.NaN}, labels(0, 1), NAMES))
        .hasMessage("image 1 holds the value NaN; values must be finite");
    assertThatThrownBy(() -> new ImageSpec(0, 4, 1)).hasMessageContaining("found 0x4x1");
  }

  private static void refuses(byte[] pixels, int[] labels, List<String> names, String message) {
    assertThatThrownBy(() -> Dataset.of(DOT, pixels, labels, names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theHashIsThatOfTheDocumentedForm() {
    // sha256 of: text "u8", 1, 1, 2, 2 classes "cat" and "dog", 2 images, labels 0 1, the values.
    assertThat(dots.contentHash())
        .isEqualTo("5dad15f88ffb15c0c7aff5128363e9d631054fbc46d7f631e9da7d9bc49b9cc2");
  }

  @Test
  void theHashDependsOnEverythingAResultCanDependOn() {
    var pixels = new byte[] {0, -1, 51, 1};
    var hashes = new HashSet<String>();
    hashes.add(dots.contentHash());
    hashes.add(Dataset.of(DOT, new byte[] {0, -1, 51, 2}, labels(0, 1), NAMES).contentHash());
    hashes.add(Dataset.of(DOT, pixels, labels(1, 1), NAMES).contentHash());
    hashes.add(Dataset.of(DOT, pixels, labels(0, 1), List.of("dog", "cat")).contentHash());
    hashes.add(Dataset.of(DOT, pixels, labels(0, 1), List.of("ca", "tdog")).contentHash());
    hashes.add(Dataset.of(new ImageSpec(1, 2, 1), pixels, labels(0, 1), NAMES).contentHash());
    hashes.add(Dataset.of(new ImageSpec(2, 1, 1), pixels, labels(0, 1), NAMES).contentHash());
    hashes.add(Dataset.of(DOT, new float[4], labels(0, 1), NAMES).contentHash());
    assertThat(hashes).hasSize(8);
  }

  @Test
  void aStreamedSourceHashesAsTheSameImagesInMemory() {
    var streamed = CountedImages.of(50, 3);
    assertThat(streamed.contentHash()).isEqualTo(streamed.inMemory().contentHash());
  }

  @Test
  void permutedLabelsKeepTheImagesAndTheNumberOfEachClass() {
    var images = CountedImages.of(500, 5).inMemory();
    var permuted = images.permuteLabels(3);
    var labels = IntStream.range(0, 500).map(permuted::label).toArray();
    assertThat(labels).isNotEqualTo(IntStream.range(0, 500).map(images::label).toArray());
    for (int c = 0; c < 5; c++) {
      int label = c;
      assertThat(Arrays.stream(labels).filter(l -> l == label)).hasSize(100);
    }
    // Of 500 labels about a fifth stay by chance: 100, with a deviation below 10.
    long same = IntStream.range(0, 500).filter(i -> images.label(i) == labels[i]).count();
    assertThat(same).isBetween(50L, 150L);
    assertThat(permuted.contentHash())
        .isEqualTo(images.permuteLabels(3).contentHash())
        .isNotEqualTo(images.permuteLabels(4).contentHash());
    var before = new float[24];
    var after = new float[24];
    images.read(7, before, 0);
    permuted.read(7, after, 0);
    assertThat(after).isEqualTo(before);
  }

  private static int[] labels(int... labels) {
    return labels;
  }
}
