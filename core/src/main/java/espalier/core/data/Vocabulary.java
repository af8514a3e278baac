package espalier.core.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The words a language model knows, numbered from 0. {@value #UNKNOWN} stands for all others.
 * Compared by its words.
 */
public final class Vocabulary {
  /** The word that stands for all words outside. */
  public static final String UNKNOWN = "<unk>";

  /** The word that ends each line. */
  public static final String END = "<eos>";

  private final Map<String, Integer> numbers;

  private Vocabulary(List<String> words) {
    Map<String, Integer> all = new LinkedHashMap<>();
    words.forEach(word -> all.put(word, all.size()));
    numbers = all;
  }

  /**
   * The unknown word, the end of a line, and of the other words of a text the most frequent, so
   * many in all; of equally frequent ones those that occur first.
   */
  public static Vocabulary of(List<String> text, int most) {
    if (most < 2) {
      throw new IllegalArgumentException(
          "vocabulary: %d words, expected 2 or more: '%s' and '%s' are among them"
              .formatted(most, UNKNOWN, END));
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    text.forEach(word -> counts.merge(word, 1, Integer::sum));
    Stream<String> frequent =
        counts.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(UNKNOWN) && !entry.getKey().equals(END))
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .limit(most - 2L);
    return new Vocabulary(Stream.concat(Stream.of(UNKNOWN, END), frequent).toList());
  }

  /** How many words there are. */
  public int size() {
    return numbers.size();
  }

  /** The words, in the order of their numbers. */
  public List<String> words() {
    return List.copyOf(numbers.keySet());
  }

  /** The number of a word, or of the unknown one. */
  public int number(String word) {
    return numbers.getOrDefault(word, 0);
  }

  /** The numbers of a text's words. */
  public int[] numbers(List<String> text) {
    return text.stream().mapToInt(this::number).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary vocabulary && words().equals(vocabulary.words());
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  @Override
  public String toString() {
    return "vocabulary of %d words".formatted(size());
  }
}
