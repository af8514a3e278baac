package espalier.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.Augmentation;
import espalier.core.data.Corpus;
import espalier.core.data.Vocabulary;
import espalier.core.io.DataException;
import espalier.core.language.NextWord;
import espalier.core.language.TextData;
import espalier.core.nn.CrossEntropy;
import espalier.core.recurrent.WordNetwork;
import espalier.core.train.Feeder;
import espalier.core.train.Measure;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.datasets.SharedData;
import espalier.datasets.TextFolder;
import espalier.kernels.spi.HostData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts on their way from files to feeds, and how predictions are measured. */
final class TextsTest {
  @TempDir Path folder;

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private void write(String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (name.endsWith(".gz")) {
      var packed = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(packed)) {
        out.write(bytes);
      }
      bytes = packed.toByteArray();
    }
    Files.write(folder.resolve(name), bytes);
  }

  @Test
  void theMostFrequentWordsAreKnownAndOfEqualOnesTheFirst() {
    Vocabulary known = Vocabulary.of(words("b a c a b <unk> d <eos>"), 5);
    assertThat(known.words()).containsExactly("<unk>", "<eos>", "b", "a", "c");
    assertThat(known.numbers(words("a d x <unk> <eos>"))).containsExactly(3, 0, 0, 0, 1);
    assertThat(Vocabulary.of(words("a"), 100).size()).isEqualTo(3);
    assertThatThrownBy(() -> Vocabulary.of(words("a"), 1))
        .hasMessage("vocabulary: 1 words, expected 2 or more: '<unk>' and '<eos>' are among them");
  }

  @Test
  void wordsOfTheOtherPartsAreNotKnown() {
    Corpus corpus = new Corpus(words("a b a"), words("c c c"), words("d d"));
    assertThat(corpus.vocabulary(10).words()).containsExactly("<unk>", "<eos>", "a", "b");
  }

  @Test
  void textIsCutAtWhiteSpaceAndLinesEnd() throws IOException {
    write("small.train.tokens", " one  two\tthree \n\nfour\n");
    write("small.valid.txt.gz", "five é\n");
    write("small.test.txt", "six seven");
    assertThat(TextFolder.isText(folder)).isTrue();
    Corpus corpus = TextFolder.read(folder, 0.5);
    assertThat(corpus.train())
        .containsExactly("one", "two", "three", "<eos>", "<eos>", "four", "<eos>");
    assertThat(corpus.valid()).containsExactly("five", "é", "<eos>");
    assertThat(corpus.test()).containsExactly("six", "seven", "<eos>");
  }

  @Test
  void withoutAPartToLearnFromTheValidationPartIsDivided() throws IOException {
    write("wiki.valid.txt", "a b c d e f g h i\n");
    write("wiki.test.txt", "x y\n");
    Corpus corpus = TextFolder.read(folder, 0.2);
    assertThat(corpus.train()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(corpus.valid()).containsExactly("i", "<eos>");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    write("wiki.train.txt", "a b c\n");
    assertThat(TextFolder.isText(folder)).isFalse();
    assertThatThrownBy(() -> TextFolder.read(folder, 0.2))
        .isInstanceOf(DataException.class)
        .hasMessage(folder + ": holds no text to test on; looked for *test*.txt");
    write("wiki.test.txt", "a b");
    write("other.test.txt", "a b");
    assertThatThrownBy(() -> TextFolder.read(folder, 0.2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("are both named for the part 'test', expected one file");
  }

  @Test
  @Tag("shared-data")
  void wikiText2HasTheTokensOfItsPublisher() {
    Corpus corpus = TextFolder.read(SharedData.folder("wikitext-2"), 0.1);
    assertThat(corpus.train().size() + corpus.valid().size()).isEqualTo(217_646);
    assertThat(corpus.test()).hasSize(245_569);
  }

  private static Recipe recipe(int streams) {
    return new Recipe(
        streams,
        new Sgd(0, 0, false),
        new Schedule.Constant(1),
        0,
        CrossEntropy.plain(),
        0,
        0,
        Augmentation.none(),
        0);
  }

  private static List<String> counted(int words) {
    return IntStream.range(0, words).mapToObj(i -> "w" + i).toList();
  }

  private static int[] ints(Map<String, HostData> feeds, String name) {
    return ((HostData.Ints) feeds.get(name)).values();
  }

  @Test
  void windowsOfAStreamFollowEachOtherAndTargetsAreTheNextWords() {
    Corpus corpus = new Corpus(counted(20), counted(2), counted(2));
    Vocabulary all = corpus.vocabulary(100);
    TextData data = TextData.of(corpus, all, 3);
    assertThat(data.stepsPerEpoch(2)).isEqualTo(3);
    Feeder feeder = data.training(recipe(2), 1);
    assertThat(feeder.stepsPerEpoch()).isEqualTo(3);
    for (int step = 0; step < 6; step++) {
      Map<String, HostData> feeds = feeder.feeds(step);
      int w = 2 + 3 * (step % 3);
      assertThat(ints(feeds, NextWord.WORDS))
          .containsExactly(w, w + 1, w + 2, w + 9, w + 10, w + 11);
      assertThat(ints(feeds, NextWord.NEXT_WORDS))
          .containsExactly(w + 1, w + 2, w + 3, w + 10, w + 11, w + 12);
      float carried = ((HostData.Floats) feeds.get(WordNetwork.CARRIED)).values()[0];
      assertThat(carried).isEqualTo(step % 3 == 0 ? 0 : 1);
    }
    assertThatThrownBy(() -> TextData.of(corpus, all, 10).training(recipe(2), 1))
        .hasMessage(
            "language: 20 words fill no window of 10 in each of 2 streams; use fewer or shorter"
                + " ones");
  }

  @Test
  void everyWordButTheFirstIsToldOnceInAnEvaluation() {
    for (int words = 2; words < 40; words++) {
      for (int streams = 1; streams < 5; streams++) {
        Corpus corpus = new Corpus(counted(words), counted(words), counted(words));
        Vocabulary all = corpus.vocabulary(100);
        Feeder feeder = TextData.of(corpus, all, 4).valid().orElseThrow().batches(streams);
        List<Integer> told = new ArrayList<>();
        for (int step = 0; step < feeder.stepsPerEpoch(); step++) {
          Map<String, HostData> feeds = feeder.feeds(step);
          int[] read = ints(feeds, NextWord.WORDS);
          int[] next = ints(feeds, NextWord.NEXT_WORDS);
          assertThat(next).hasSize(streams * 4);
          for (int i = 0; i < next.length; i++) {
            if (next[i] >= 0) {
              assertThat(next[i]).isEqualTo(read[i] + 1);
              told.add(next[i]);
            }
          }
        }
        assertThat(told)
            .containsExactlyInAnyOrderElementsOf(IntStream.range(3, words + 2).boxed().toList());
      }
    }
  }

  @Test
  void nothingOfTheTestTextIsAmongWhatASearchSees() {
    Corpus corpus = new Corpus(words("a b a b a b a b"), words("a b a"), words("c d c d"));
    TextData data = TextData.of(corpus, corpus.vocabulary(10), 2);
    assertThat(data.task().outputs()).isEqualTo(4);
    assertThat(data.withoutValid().valid()).isEmpty();
    assertThat(data.first(5).size()).isEqualTo(5);
  }

  @Test
  void perplexityIsTheNumberOfEquallyLikelyWordsAndSkipsWhatDoesNotCount() {
    NextWord task = new NextWord(8, 3);
    Measure measure = task.measure();
    float[] uniform = new float[3 * 8];
    Arrays.fill(uniform, (float) -Math.log(8));
    measure.add(uniform, HostData.of(5, -1, 0));
    assertThat(measure.score().value(NextWord.PERPLEXITY)).isCloseTo(8, within(1e-5));
    float[] sure = new float[3 * 8];
    Arrays.fill(sure, -100);
    sure[1] = (float) Math.log(0.5);
    measure.add(sure, HostData.of(1, -1, -1));
    double loss = (2 * Math.log(8) + Math.log(2)) / 3;
    assertThat(measure.score().value(Metric.LOSS)).isCloseTo(loss, within(1e-6));
    assertThat(measure.score().leading()).isEqualTo(NextWord.PERPLEXITY);
    assertThat(measure.score().leadingValue()).isCloseTo(Math.exp(loss), within(1e-5));
  }
}
