package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/** Random omission during training, scaled so that the expectation stays. */
public final class Dropout {

  /** The name of the scalar feed that holds the current drop-path probability. */
  public static final String PATH_PROBABILITY = "drop_path_probability";

  private Dropout() {}

  /** Drops single elements with a fixed probability [Srivastava et al. 2014]. */
  public static Layer elements(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout: found " + probability + ", expected at least 0 and less than 1");
    }
    return (scope, x) -> {
      if (!scope.isTraining() || probability == 0) {
        return x;
      }
      Tensor kept = scope.uniform(x.shape()).greaterEqual(x.graph().constant(probability));
      return x.mul(kept).mul(1 / (1 - probability));
    };
  }

  /**
   * Drops whole images of a path with the probability fed as {@value #PATH_PROBABILITY} [Larsson et
   * al. 2017].
   */
  public static Layer path() {
    return (scope, x) -> {
      if (!scope.isTraining()) {
        return x;
      }
      Tensor probability = x.graph().feed(PATH_PROBABILITY, Shape.SCALAR);
      int[] ones = new int[x.shape().rank()];
      java.util.Arrays.fill(ones, 1);
      Shape perImage = Shape.of(ones).with(0, x.shape().get(0));
      Tensor kept = scope.uniform(perImage).greaterEqual(probability);
      return x.mul(kept.div(probability.neg().add(1)));
    };
  }
}
