package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * Batch normalisation over all axes but the last [Ioffe and Szegedy 2015]: {@code (x − mean) /
 * √(var + ε)}, then {@code ·weight + bias} where affine. Training uses the batch's statistics and
 * has the weight step move the running ones towards them by {@code momentum} (the variance
 * unbiased); inference uses the running ones.
 */
public record BatchNorm(boolean affine, double epsilon, double momentum) implements Layer {

  /** With weight and bias, ε = 1e-5, momentum 0.1. */
  public static BatchNorm standard() {
    return new BatchNorm(true, 1e-5, 0.1);
  }

  /** Without weight and bias. */
  public static BatchNorm withoutAffine() {
    return new BatchNorm(false, 1e-5, 0.1);
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    if (!scope.isTraining()) {
      Affine map = inference(scope, x.shape().get(-1));
      return x.mul(map.scale()).add(map.shift());
    }
    Shape channels = Shape.of(x.shape().get(-1));
    List<Tensor> moments = x.moments();
    Tensor mean = moments.get(0);
    Tensor variance = moments.get(1);
    double count = (double) x.shape().size() / channels.size();
    double unbiased = count / Math.max(1, count - 1);
    Tensor runningMean = runningMean(scope, channels);
    Tensor runningVariance = runningVariance(scope, channels);
    scope.update("running_mean", () -> runningMean.mul(1 - momentum).add(mean.mul(momentum)));
    scope.update(
        "running_var",
        () -> runningVariance.mul(1 - momentum).add(variance.mul(momentum * unbiased)));
    Tensor y = x.sub(mean).mul(reciprocalDeviation(variance));
    return affine ? y.mul(weight(scope, channels)).add(bias(scope, channels)) : y;
  }

  /** Inference is one affine map per channel. */
  record Affine(Tensor scale, Tensor shift) {}

  Affine inference(Scope scope, int channels) {
    Shape shape = Shape.of(channels);
    Tensor scale = reciprocalDeviation(runningVariance(scope, shape));
    Tensor mean = runningMean(scope, shape);
    if (affine) {
      scale = weight(scope, shape).mul(scale);
      return new Affine(scale, bias(scope, shape).sub(mean.mul(scale)));
    }
    return new Affine(scale, mean.mul(scale).neg());
  }

  private Tensor reciprocalDeviation(Tensor variance) {
    return variance.graph().constant(1).div(variance.add(epsilon).sqrt());
  }

  private static Tensor weight(Scope scope, Shape channels) {
    return scope.parameter("weight", channels, Initializer.ones());
  }

  private static Tensor bias(Scope scope, Shape channels) {
    return scope.parameter("bias", channels, Initializer.zeros());
  }

  private static Tensor runningMean(Scope scope, Shape channels) {
    return scope.state("running_mean", channels, Initializer.zeros());
  }

  private static Tensor runningVariance(Scope scope, Shape channels) {
    return scope.state("running_var", channels, Initializer.ones());
  }
}
