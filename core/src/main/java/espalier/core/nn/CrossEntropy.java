package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * Softmax cross-entropy with label smoothing ε and class weights: the target of an image is {@code
 * (1 − ε)} for its class plus {@code ε / classes} for every class [Szegedy et al. 2016], its loss
 * counts with the weight of its class, and the mean is over weights.
 *
 * @param classWeights one weight per class, or empty for all 1
 */
public record CrossEntropy(double smoothing, List<Double> classWeights) {
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing: found " + smoothing + ", expected at least 0 and less than 1");
    }
    classWeights = List.copyOf(classWeights);
    if (classWeights.stream().anyMatch(weight -> !(weight >= 0 && Double.isFinite(weight)))) {
      throw new IllegalArgumentException(
          "class weights: found " + classWeights + ", expected finite numbers of 0 or more");
    }
  }

  /** No smoothing, no weights. */
  public static CrossEntropy plain() {
    return new CrossEntropy(0, List.of());
  }

  /** The mean loss of logits [..., classes] for labels [...], a scalar. */
  public Tensor loss(Tensor logits, Tensor labels) {
    return ofLogarithms(logits.logSoftmax(), labels);
  }

  /** The same of logarithms of probabilities. */
  public Tensor ofLogarithms(Tensor logarithms, Tensor labels) {
    int classes = logarithms.shape().get(-1);
    int last = logarithms.shape().rank() - 1;
    Tensor oneHot = labels.oneHot(classes);
    Tensor target = smoothing == 0 ? oneHot : oneHot.mul(1 - smoothing).add(smoothing / classes);
    Tensor losses = logarithms.mul(target).sum(last, last + 1).neg();
    if (classWeights.isEmpty()) {
      return losses.mean();
    }
    Tensor weights = oneHot.mul(weights(logarithms, classes)).sum(last, last + 1);
    return losses.mul(weights).sum().div(weights.sum().reshape(Shape.SCALAR));
  }

  private Tensor weights(Tensor logits, int classes) {
    if (classWeights.size() != classes) {
      throw new IllegalArgumentException(
          "class weights: found %d, expected %d".formatted(classWeights.size(), classes));
    }
    return Tensor.concat(
        0, classWeights.stream().map(w -> logits.graph().constant(w, Shape.of(1))).toList());
  }
}
