package espalier.core.train;

import espalier.core.io.ImageSpec;
import espalier.core.nn.FeedSpec;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Telling classes apart: outputs are logits [N, classes], targets classes [N], and the recipe's
 * cross-entropy is minimised.
 *
 * @param outputs how many classes
 */
public record Classes(FeedSpec input, int outputs) implements Task {
  /** The name of the feed of classes. */
  public static final String LABELS = "labels";

  private static final List<Metric> METRICS = List.of(Metric.ACCURACY, Metric.LOSS);

  /** Classes of images. */
  public static Classes ofImages(ImageSpec image, int classes) {
    return new Classes(FeedSpec.images(image), classes);
  }

  @Override
  public FeedSpec target() {
    return new FeedSpec(LABELS, DType.I32, Shape.SCALAR);
  }

  @Override
  public List<Metric> metrics() {
    return METRICS;
  }

  @Override
  public Tensor loss(Tensor output, Tensor target, Recipe recipe) {
    return recipe.loss().loss(output, target);
  }

  @Override
  public Measure measure() {
    return new Tally(outputs);
  }

  private static final class Tally implements Measure {
    private final int classes;
    private long rows;
    private long correct;
    private double loss;

    Tally(int classes) {
      this.classes = classes;
    }

    @Override
    public void add(float[] output, HostData target) {
      int[] labels = ((HostData.Ints) target).values();
      for (int row = 0; row < labels.length; row++) {
        int from = row * classes;
        int largest = largest(output, from);
        correct += largest == labels[row] ? 1 : 0;
        loss += crossEntropy(output, from, largest, labels[row]);
      }
      rows += labels.length;
    }

    @Override
    public Score score() {
      SequencedMap<Metric, Double> values = new LinkedHashMap<>();
      values.put(Metric.ACCURACY, (double) correct / rows);
      values.put(Metric.LOSS, loss / rows);
      return new Score(values);
    }

    private int largest(float[] values, int from) {
      int best = 0;
      for (int i = 1; i < classes; i++) {
        if (values[from + i] > values[from + best]) {
          best = i;
        }
      }
      return best;
    }

    private double crossEntropy(float[] logits, int from, int largest, int label) {
      double most = logits[from + largest];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += StrictMath.exp(logits[from + c] - most);
      }
      return StrictMath.log(sum) + most - logits[from + label];
    }
  }
}
