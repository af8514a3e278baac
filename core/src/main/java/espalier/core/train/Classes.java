package espalier.core.train;

import espalier.core.io.ImageSpec;
import espalier.core.nn.FeedSpec;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import java.util.List;

/**
 * Telling classes apart: outputs are logits [N, classes], targets classes [N], and the recipe's
 * cross-entropy is minimised.
 *
 * @param outputs how many classes
 * @param metrics some of {@link Metric#ACCURACY}, {@link Metric#MACRO_F1} and {@link Metric#LOSS}
 */
public record Classes(FeedSpec input, int outputs, List<Metric> metrics) implements Task {
  /** The name of the feed of classes. */
  public static final String LABELS = "labels";

  public Classes {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty() || !KNOWN.containsAll(metrics)) {
      throw new IllegalArgumentException(
          "classification: found the metrics %s, expected some of %s".formatted(metrics, KNOWN));
    }
  }

  private static final List<Metric> KNOWN = List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.LOSS);

  /** Classes of images. */
  public static Classes ofImages(ImageSpec image, int classes) {
    return new Classes(FeedSpec.images(image), classes, List.of(Metric.ACCURACY, Metric.LOSS));
  }

  /** Classes of rows of a table, which may be rare. */
  public static Classes ofRows(int width, int classes) {
    return new Classes(FeedSpec.rows(width), classes, KNOWN);
  }

  @Override
  public FeedSpec target() {
    return new FeedSpec(LABELS, DType.I32, Shape.SCALAR);
  }

  @Override
  public Tensor loss(Tensor output, Tensor target, Recipe recipe) {
    return recipe.loss().loss(output, target);
  }

  @Override
  public Measure measure() {
    return new ClassTally(outputs, metrics);
  }
}
