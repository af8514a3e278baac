package espalier.supernet;

import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Scope;
import espalier.core.supernet.BilevelProblem;
import espalier.core.supernet.Supernet;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;

/** Classification of two fed batches by a supernet: one for the weights, one for α. */
record BatchProblem(Supernet<?> supernet, Shape images) implements BilevelProblem {
  static final String TRAIN = "train";
  static final String VALID = "valid";
  static final String LABELS = "_labels";

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

  private Tensor loss(Scope scope, String part) {
    Tensor batch = scope.graph().feed(part, images);
    Tensor labels = scope.graph().feed(part + LABELS, DType.I32, Shape.of(images.get(0)));
    return CrossEntropy.plain().loss(supernet.build(scope, batch).main(), labels);
  }
}
