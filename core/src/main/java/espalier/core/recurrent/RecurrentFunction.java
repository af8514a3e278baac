package espalier.core.recurrent;

import espalier.core.tensor.Tensor;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What a node of a recurrent cell applies to its product. */
public enum RecurrentFunction {
  /** Hyperbolic tangent. */
  TANH(Tensor::tanh),
  /** Rectifier. */
  RELU(Tensor::relu),
  /** Logistic function. */
  SIGMOID(Tensor::sigmoid),
  /** The product as it is. */
  IDENTITY(UnaryOperator.identity());

  private final UnaryOperator<Tensor> function;

  RecurrentFunction(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  /** Applies it element by element. */
  public Tensor apply(Tensor x) {
    return function.apply(x);
  }

  /** Its name in genotypes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
