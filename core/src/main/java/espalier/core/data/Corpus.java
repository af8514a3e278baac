package espalier.core.data;

import espalier.core.io.DataException;
import java.util.List;

/**
 * A text in three parts, as words. Its vocabulary is that of the part to learn from, alone.
 *
 * @param train what weights are learnt from
 * @param valid what epochs and candidates are compared on
 * @param test what a finished network is measured on, once
 */
public record Corpus(List<String> train, List<String> valid, List<String> test) {
  public Corpus {
    train = List.copyOf(train);
    valid = List.copyOf(valid);
    test = List.copyOf(test);
    if (train.size() < 2 || valid.size() < 2 || test.size() < 2) {
      throw new DataException(
          "corpus: %d words to learn from, %d to compare on, %d to test on, expected 2 or more of each"
              .formatted(train.size(), valid.size(), test.size()));
    }
  }

  /** A text whose end, of that share, is kept apart to compare on. */
  public static Corpus withholding(double share, List<String> text, List<String> test) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "corpus: share %s to compare on, expected more than 0 and less than 1".formatted(share));
    }
    int kept = Math.toIntExact(Math.round(share * text.size()));
    int learnt = text.size() - kept;
    return new Corpus(text.subList(0, learnt), text.subList(learnt, text.size()), test);
  }

  /** The words to learn from, the most frequent so many in all. */
  public Vocabulary vocabulary(int most) {
    return Vocabulary.of(train, most);
  }
}
