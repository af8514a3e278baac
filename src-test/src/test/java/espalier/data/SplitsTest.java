package espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Batches;
import espalier.core.data.SearchData;
import espalier.core.data.SearchSplit;
import espalier.core.data.Split;
import espalier.core.data.Splits;
import espalier.core.data.Splits.Sampling;
import espalier.core.data.TestSplit;
import espalier.core.data.ValidSplit;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SplitsTest {

  @Property(seed = "1", tries = 300)
  void noImageIsInTwoParts(
      @ForAll @IntRange(min = 2, max = 60) int train,
      @ForAll @IntRange(min = 1, max = 60) int valid,
      @ForAll @IntRange(min = 0, max = 20) int unused,
      @ForAll Sampling sampling,
      @ForAll long seed) {
    var source = CountedImages.of(train + valid + unused, 3);
    var splits = Splits.byCount(source, train, valid, sampling, seed);
    assertThat(splits.train().size()).isEqualTo(train);
    assertThat(splits.valid().size()).isEqualTo(valid);
    var both = new ArrayList<>(indices(splits.train()));
    both.addAll(indices(splits.valid()));
    assertThat(both).doesNotHaveDuplicates().allMatch(index -> index < source.size());
    assertThat(indices(splits.retraining())).isEqualTo(both);
  }

  @Property(seed = "2", tries = 200)
  void stratifiedPartsHoldEachClassInItsShareToWithinOneImage(
      @ForAll @IntRange(min = 20, max = 500) int size,
      @ForAll @IntRange(min = 2, max = 7) int classes,
      @ForAll @IntRange(min = 5, max = 95) int percent,
      @ForAll long seed) {
    var source = CountedImages.of(size, classes);
    var splits = Splits.byFraction(source, percent / 100.0, Sampling.STRATIFIED, seed);
    for (int c = 0; c < classes; c++) {
      int label = c;
      double all = IntStream.range(0, size).filter(i -> source.label(i) == label).count();
      for (Split part : List.of(splits.train(), splits.valid())) {
        long found = IntStream.range(0, part.size()).filter(i -> part.label(i) == label).count();
        assertThat(Math.abs(found - all * part.size() / size)).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void theSeedAloneDecides() {
    var source = CountedImages.of(200, 4);
    for (var sampling : Sampling.values()) {
      var first = indices(Splits.byFraction(source, 0.5, sampling, 1).train());
      var again = indices(Splits.byFraction(source, 0.5, sampling, 1).train());
      var other = indices(Splits.byFraction(source, 0.5, sampling, 2).train());
      assertThat(again).isEqualTo(first);
      assertThat(other).isNotEqualTo(first);
    }
  }

  @Test
  void aSmallerPartIsTheBeginningOfALargerOneAndMixesTheClasses() {
    var source = CountedImages.of(300, 3);
    var train = Splits.byFraction(source, 0.5, Sampling.STRATIFIED, 1).train();
    var small = train.first(30);
    assertThat(indices(small)).isEqualTo(indices(train).subList(0, 30));
    assertThat(IntStream.range(0, 30).map(small::label).distinct()).hasSize(3);
    assertThatThrownBy(() -> train.first(151))
        .hasMessage("cannot take 151 images of a split that has 150");
  }

  @Test
  void partsGivenApartStayApart() {
    var train = CountedImages.of(30, 3);
    var valid = CountedImages.of(12, 3);
    var splits = Splits.given(train, valid, 5);
    assertThat(indices(splits.train()))
        .containsExactlyInAnyOrderElementsOf(numbers(0, 30))
        .isNotEqualTo(numbers(0, 30));
    assertThat(indices(splits.valid())).containsExactlyInAnyOrderElementsOf(numbers(30, 42));
    var values = new float[24];
    for (int i = 0; i < 12; i++) {
      splits.valid().read(i, values, 0);
      assertThat(values[0]).isEqualTo(valid.value(splits.valid().index(i) - 30, 0));
    }
  }

  /** The compiler enforces this; the test keeps the types as they are. */
  @Test
  void nothingThatSearchesAcceptsTheTestSplit() throws NoSuchMethodException {
    assertThat(SearchSplit.class.isAssignableFrom(TestSplit.class)).isFalse();
    assertThat(SearchSplit.class.getPermittedSubclasses()).doesNotContain(TestSplit.class);
    for (var component : SearchData.class.getRecordComponents()) {
      assertThat(component.getType().isAssignableFrom(TestSplit.class)).isFalse();
    }
    assertThat(
            Arrays.stream(Batches.class.getMethods())
                .filter(method -> method.getName().equals("training"))
                .map(method -> method.getParameterTypes()[0]))
        .containsExactly(SearchSplit.class);
    for (var split : List.of(Split.class, ValidSplit.class, TestSplit.class)) {
      assertThat(Arrays.stream(split.getMethods()).map(Method::getName))
          .doesNotContain("normalisation");
    }
    assertThat(TestSplit.class.getConstructors()).isEmpty();
  }

  @Test
  void testImagesMustFitAndMustBeOthers() {
    var source = CountedImages.of(30, 3);
    var splits = Splits.byFraction(source, 0.5, Sampling.SHUFFLED, 1);
    assertThat(splits.test()).isEmpty();
    var test = splits.withTest(CountedImages.of(9, 3)).test().orElseThrow();
    assertThat(indices(test)).isEqualTo(numbers(0, 9));
    assertThatThrownBy(() -> splits.withTest(source))
        .hasMessage("the test images are images of the search");
    assertThatThrownBy(() -> splits.withTest(CountedImages.of(9, 2)))
        .hasMessageStartingWith("test classes are [class 0, class 1], training classes [");
    assertThatThrownBy(
            () -> Splits.given(source, CountedImages.of(9, 3), 1).withTest(CountedImages.of(9, 3)))
        .hasMessage("the test images are images of the search");
  }

  @Test
  void impossibleSizesAreRefused() {
    var source = CountedImages.of(10, 2);
    assertThatThrownBy(() -> Splits.byCount(source, 8, 3, Sampling.SHUFFLED, 1))
        .hasMessage("8 training and 3 validation images were asked for, the source has 10");
    assertThatThrownBy(() -> Splits.byCount(source, 0, 3, Sampling.SHUFFLED, 1))
        .hasMessage("both search splits need images, found 0 for training and 3 for validation");
    for (double fraction : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThatThrownBy(() -> Splits.byFraction(source, fraction, Sampling.SHUFFLED, 1))
          .hasMessageContaining("must lie between 0 and 1");
    }
    var oneClass = new CountedImages(source.image(), 1, source.classNames());
    assertThatThrownBy(() -> Splits.given(oneClass, source, 1))
        .hasMessage("all 1 images are of the class 'class 0'; there must be at least two");
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static List<Integer> indices(Split split) {
    return IntStream.range(0, split.size()).mapToObj(split::index).toList();
  }
}
