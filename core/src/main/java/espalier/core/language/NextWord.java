package espalier.core.language;

import espalier.core.nn.FeedSpec;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Measure;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.Task;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Telling the word that follows. An example is a window of a text; outputs are logarithms of
 * probabilities [N, window, words], targets words [N, window], of which those below 0 do not count.
 *
 * @param outputs how many words there are
 * @param window words of an example
 */
public record NextWord(int outputs, int window) implements Task {
  /** The feed of words. */
  public static final String WORDS = "words";

  /** The feed of the words that follow. */
  public static final String NEXT_WORDS = "next_words";

  /** e to the mean cross-entropy: as many words, all alike likely, would be as hard to tell. */
  public static final Metric PERPLEXITY = new Metric("perplexity", Metric.Direction.MINIMISE);

  /** A target that does not count. */
  static final int NO_WORD = -1;

  private static final List<Metric> METRICS = List.of(PERPLEXITY, Metric.LOSS);

  public NextWord {
    if (window < 1) {
      throw new IllegalArgumentException(
          "language: windows of %d words, expected 1 or more".formatted(window));
    }
  }

  @Override
  public FeedSpec input() {
    return new FeedSpec(WORDS, DType.I32, Shape.of(window));
  }

  @Override
  public FeedSpec target() {
    return new FeedSpec(NEXT_WORDS, DType.I32, Shape.of(window));
  }

  @Override
  public List<Metric> metrics() {
    return METRICS;
  }

  @Override
  public Tensor loss(Tensor output, Tensor target, Recipe recipe) {
    return recipe.loss().ofLogarithms(output, target);
  }

  @Override
  public Measure measure() {
    return new Tally(outputs);
  }

  private static final class Tally implements Measure {
    private final int words;
    private long told;
    private double loss;

    Tally(int words) {
      this.words = words;
    }

    @Override
    public void add(float[] output, HostData target) {
      int[] next = ((HostData.Ints) target).values();
      for (int i = 0; i < next.length; i++) {
        if (next[i] >= 0) {
          loss -= output[i * words + next[i]];
          told++;
        }
      }
    }

    @Override
    public Score score() {
      SequencedMap<Metric, Double> values = new LinkedHashMap<>();
      values.put(PERPLEXITY, StrictMath.exp(loss / told));
      values.put(Metric.LOSS, loss / told);
      return new Score(values);
    }
  }
}
