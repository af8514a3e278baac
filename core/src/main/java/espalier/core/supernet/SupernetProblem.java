package espalier.core.supernet;

import espalier.core.io.ImageSpec;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;

/**
 * Classification by a supernet as a bilevel problem: both losses are cross-entropies of a batch,
 * fed under names of their own.
 */
record SupernetProblem(Supernet<?> supernet, ImageSpec image, int batchSize, CrossEntropy loss)
    implements BilevelProblem {

  /** Prefix of the feeds of a training batch. */
  static final String TRAIN = "train_";

  /** Prefix of the feeds of a validation batch. */
  static final String VALID = "valid_";

  static final String IMAGES = "images";
  static final String LABELS = "labels";

  @Override
  public Tensor trainLoss(Scope scope) {
    return loss(scope, TRAIN);
  }

  @Override
  public Tensor validLoss(Scope scope) {
    return loss(scope, VALID);
  }

  @Override
  public boolean isArchitecture(String variable) {
    return supernet.isArchitecture(variable);
  }

  private Tensor loss(Scope scope, String prefix) {
    Shape shape = Shape.of(batchSize, image.height(), image.width(), image.channels());
    Tensor images = scope.graph().feed(prefix + IMAGES, shape);
    Tensor labels = scope.graph().feed(prefix + LABELS, DType.I32, Shape.of(batchSize));
    return loss.loss(supernet.build(scope, images).main(), labels);
  }
}
