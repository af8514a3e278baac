package espalier.core.language;

import espalier.core.data.Corpus;
import espalier.core.data.Vocabulary;
import espalier.core.train.Examples;
import espalier.core.train.Feeder;
import espalier.core.train.Recipe;
import espalier.core.train.TaskData;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text to learn to continue. A batch of N is N streams of the text side by side, read in windows;
 * networks are measured in batches of the size they are trained in, for they keep a state for each
 * stream. Holds nothing of a corpus's test part.
 */
public final class TextData implements TaskData {
  private final NextWord task;
  private final int[] train;
  private final Optional<int[]> valid;

  private TextData(NextWord task, int[] train, Optional<int[]> valid) {
    this.task = task;
    this.train = train;
    this.valid = valid;
  }

  /** What may be seen of a corpus by whoever searches or trains. */
  public static TextData of(Corpus corpus, Vocabulary vocabulary, int window) {
    return new TextData(
        new NextWord(vocabulary.size(), window),
        vocabulary.numbers(corpus.train()),
        Optional.of(vocabulary.numbers(corpus.valid())));
  }

  /** The part of a corpus that finished networks are measured on. */
  public static Examples test(Corpus corpus, Vocabulary vocabulary, int window) {
    return examples(vocabulary.numbers(corpus.test()), window);
  }

  private static Examples examples(int[] text, int window) {
    return streams -> TextWindows.evaluation(text, streams, window);
  }

  @Override
  public NextWord task() {
    return task;
  }

  /** {@inheritDoc} Here, words. */
  @Override
  public int size() {
    return train.length;
  }

  @Override
  public int stepsPerEpoch(int batchSize) {
    return TextWindows.steps(train.length, batchSize, task.window());
  }

  @Override
  public Feeder training(Recipe recipe, long seed) {
    return TextWindows.training(train, recipe.batchSize(), task.window());
  }

  @Override
  public Optional<Examples> valid() {
    return valid.map(text -> examples(text, task.window()));
  }

  @Override
  public TextData first(int examples) {
    return new TextData(task, Arrays.copyOf(train, Math.min(examples, train.length)), valid);
  }

  @Override
  public TextData withoutValid() {
    return new TextData(task, train, Optional.empty());
  }
}
