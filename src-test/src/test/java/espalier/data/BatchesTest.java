package espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Augmentation;
import espalier.core.data.Batches;
import espalier.core.data.Splits;
import espalier.core.data.Splits.Sampling;
import espalier.core.data.TrainSplit;
import espalier.core.io.Normalisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final int VALUES = 4 * 3 * 2;
  private static final Augmentation ALL = new Augmentation(2, true, 2);

  private final CountedImages images = CountedImages.of(40, 4);
  private final Splits splits = Splits.byCount(images, 23, 10, Sampling.SHUFFLED, 1);
  private final TrainSplit train = splits.train();
  private final Normalisation none = Normalisation.identity(2);

  private record Batch(List<Float> values, List<Integer> labels) {}

  private static Batch batch(Batches batches, long step) {
    var values = new float[batches.values()];
    var labels = new int[batches.rows(0)];
    int rows = batches.fill(step, values, labels);
    List<Float> copied = new ArrayList<>();
    for (int i = 0; i < rows * VALUES; i++) {
      copied.add(values[i]);
    }
    return new Batch(copied, Arrays.stream(labels, 0, rows).boxed().toList());
  }

  @Test
  void anEpochOfTrainingShowsEachImageOnceInANewOrderAndDropsTheRest() {
    var batches = Batches.training(train, 5, none, Augmentation.none(), 3);
    assertThat(batches.stepsPerEpoch()).isEqualTo(4);
    List<List<Integer>> orders = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> seen = new ArrayList<>();
      for (int s = 0; s < 4; s++) {
        var batch = batch(batches, epoch * 4 + s);
        assertThat(batch.labels()).hasSize(5);
        for (int row = 0; row < 5; row++) {
          int image = images.imageOf(batch.values().get(row * VALUES));
          assertThat(batch.labels().get(row)).isEqualTo(images.label(image));
          seen.add(image);
        }
      }
      assertThat(new TreeSet<>(seen)).hasSize(20);
      assertThat(IntStream.range(0, 23).mapToObj(train::index)).containsAll(seen);
      orders.add(seen);
    }
    assertThat(new TreeSet<>(orders.stream().map(Object::toString).toList())).hasSize(3);
  }

  @Test
  void evaluationKeepsTheOrderAndEndsWithTheRemainder() {
    var batches = Batches.evaluation(splits.valid(), 4, none);
    assertThat(batches.stepsPerEpoch()).isEqualTo(3);
    assertThat(IntStream.range(0, 3).map(batches::rows)).containsExactly(4, 4, 2);
    List<Integer> seen = new ArrayList<>();
    for (int s = 0; s < 3; s++) {
      var batch = batch(batches, s);
      for (int row = 0; row < batch.labels().size(); row++) {
        seen.add(images.imageOf(batch.values().get(row * VALUES)));
      }
    }
    assertThat(seen)
        .isEqualTo(IntStream.range(0, 10).mapToObj(i -> splits.valid().index(i)).toList());
    assertThat(batch(batches, 3)).isEqualTo(batch(batches, 0));
  }

  @Test
  void aStepGivesTheSameBitsInAnyOrderFromNewObjectsAndFromManyThreads() throws Exception {
    var first = Batches.training(train, 4, none, ALL, 9);
    Map<Long, Batch> expected = new HashMap<>();
    for (long step = 0; step < 40; step++) {
      expected.put(step, batch(first, step));
    }
    assertThat(batch(Batches.training(train, 4, none, ALL, 9), 33)).isEqualTo(expected.get(33L));
    assertThat(batch(Batches.training(train, 4, none, ALL, 10), 33))
        .isNotEqualTo(expected.get(33L));
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> reads = new ArrayList<>();
      for (long step = 39; step >= 0; step--) {
        long asked = step;
        reads.add(() -> batch(first, asked).equals(expected.get(asked)));
      }
      for (var same : threads.invokeAll(reads)) {
        assertThat(same.get()).isTrue();
      }
    }
  }

  @Test
  void anotherBatchSizeShowsTheSameImagesAugmentedAlike() {
    var small = Batches.training(train, 2, none, ALL, 9);
    var large = Batches.training(train, 4, none, ALL, 9);
    List<Float> joined = new ArrayList<>(batch(small, 0).values());
    joined.addAll(batch(small, 1).values());
    assertThat(batch(large, 0).values()).isEqualTo(joined);
  }

  @Test
  void streamedImagesMakeTheSameBatchesAsImagesInMemory() {
    var memory = Splits.byCount(images.inMemory(), 23, 10, Sampling.SHUFFLED, 1).train();
    var normalisation = train.normalisation();
    assertThat(normalisation).isEqualTo(memory.normalisation());
    assertThat(batch(Batches.training(memory, 5, normalisation, ALL, 3), 17))
        .isEqualTo(batch(Batches.training(train, 5, normalisation, ALL, 3), 17));
  }

  @Test
  void everyMovedImageIsAShiftOrAMirroredShiftWithABlackMargin() {
    var batches = Batches.training(train, 20, none, new Augmentation(2, true, 0), 5);
    var shifts = new TreeSet<String>();
    for (int epoch = 0; epoch < 60; epoch++) {
      var batch = batch(batches, epoch);
      for (int row = 0; row < 20; row++) {
        shifts.add(shiftOf(batch.values().subList(row * VALUES, (row + 1) * VALUES)));
      }
    }
    // Five shifts down, five to the right, and each mirrored or not.
    assertThat(shifts).hasSize(50).doesNotContain("none");
  }

  /** The shift and mirroring that make these values from one of the images. */
  private String shiftOf(List<Float> values) {
    int image = images.imageOf(values.stream().max(Float::compare).orElseThrow());
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        for (int mirrored = 0; mirrored < 2; mirrored++) {
          if (values.equals(shifted(image, down, right, mirrored == 1))) {
            return "%d %d %d".formatted(down, right, mirrored);
          }
        }
      }
    }
    return "none";
  }

  private List<Float> shifted(int image, int down, int right, boolean mirrored) {
    List<Float> values = new ArrayList<>();
    for (int h = 0; h < 4; h++) {
      for (int w = 0; w < 3; w++) {
        int fromH = h + down;
        int fromW = (mirrored ? 2 - w : w) + right;
        boolean inside = fromH >= 0 && fromH < 4 && fromW >= 0 && fromW < 3;
        for (int c = 0; c < 2; c++) {
          values.add(inside ? images.value(image, (fromH * 3 + fromW) * 2 + c) : 0f);
        }
      }
    }
    return values;
  }

  @Test
  void cutoutBlanksASquareOfTheNormalisedImage() {
    var normalisation = new Normalisation(List.of(-1f, -1f), List.of(2f, 2f));
    var batches = Batches.training(train, 20, normalisation, new Augmentation(0, false, 2), 5);
    var plain = Batches.training(train, 20, normalisation, Augmentation.none(), 5);
    var sizes = new TreeSet<Integer>();
    for (int epoch = 0; epoch < 20; epoch++) {
      var cut = batch(batches, epoch).values();
      var whole = batch(plain, epoch).values();
      for (int row = 0; row < 20; row++) {
        int blank = 0;
        for (int i = row * VALUES; i < (row + 1) * VALUES; i++) {
          assertThat(cut.get(i)).isIn(0f, whole.get(i));
          blank += cut.get(i) == 0f ? 1 : 0;
        }
        sizes.add(blank);
      }
    }
    // A 2x2 square of two channels, or half or a quarter of it at an edge or a corner.
    assertThat(sizes).containsExactly(2, 4, 8);
  }

  @Test
  void wrongSizesAreRefusedInASentence() {
    assertThatThrownBy(() -> Batches.training(train, 24, none, ALL, 1))
        .hasMessage("batches of 24 images need a split of at least as many, found 23");
    assertThatThrownBy(() -> Batches.evaluation(train, 0, none))
        .hasMessage("a batch needs at least one image, found 0");
    assertThatThrownBy(() -> Batches.evaluation(train, 4, Normalisation.identity(3)))
        .hasMessage("normalisation has 3 channels, images have 2");
    var batches = Batches.evaluation(train, 4, none);
    assertThatThrownBy(() -> batches.fill(0, new float[95], new int[4]))
        .hasMessage("a batch of 4 images of 4x3x2 does not fit into 95 values and 4 labels");
    assertThatThrownBy(() -> batches.fill(-1, new float[96], new int[4]))
        .hasMessage("steps are counted from 0, found -1");
    assertThatThrownBy(() -> new Augmentation(-1, false, 0))
        .hasMessage("margin and cutout must not be negative, found -1 and 0");
  }
}
