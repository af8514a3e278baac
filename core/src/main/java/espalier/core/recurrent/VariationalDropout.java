package espalier.core.recurrent;

import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * How often a language model omits what during training; masks are the same at all steps of a
 * window [Gal and Ghahramani 2016; Merity, Keskar, Socher 2018].
 *
 * @param words whole words of the embedding
 * @param inputs features of the embedded words
 * @param cellInputs of what enters the cell
 * @param states of what the cell multiplies by weights
 * @param outputs of what the words are told from
 */
public record VariationalDropout(
    double words, double inputs, double cellInputs, double states, double outputs) {
  public VariationalDropout {
    for (double p : new double[] {words, inputs, cellInputs, states, outputs}) {
      if (!(p >= 0 && p < 1)) {
        throw new IllegalArgumentException(
            "variational dropout: found " + p + ", expected at least 0 and less than 1");
      }
    }
  }

  /** Nothing is omitted. */
  public static VariationalDropout none() {
    return new VariationalDropout(0, 0, 0, 0, 0);
  }

  /** As cells were searched on the Penn Treebank [Liu, Simonyan, Yang 2019]. */
  public static VariationalDropout darts() {
    return new VariationalDropout(0, 0.2, 0.75, 0.25, 0.75);
  }

  /** Multiplies by one mask of this shape, drawn once and scaled so that the expectation stays. */
  static UnaryOperator<Tensor> mask(Scope scope, double probability, Shape shape) {
    if (!scope.isTraining() || probability == 0) {
      return UnaryOperator.identity();
    }
    Tensor kept = scope.uniform(shape).greaterEqual(scope.graph().constant(probability));
    Tensor mask = kept.mul(1 / (1 - probability));
    return x -> x.mul(mask);
  }
}
