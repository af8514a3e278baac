package espalier.core.predict;

import java.util.List;
import java.util.function.Function;

/**
 * A method of regression with its settings. Fitting is a pure function: the same examples give the
 * same bits.
 *
 * @param <X> what is described: features as a {@code double[]}, or a graph
 */
public interface Predictor<X> {

  /**
   * What the method learns from examples.
   *
   * @param inputs at least one, of equal length where they are arrays
   * @param targets finite, one for each input
   */
  Fit<X> fit(List<X> inputs, double[] targets);

  /** The same method for things that {@code features} describes. */
  default <A> Predictor<A> on(Function<? super A, ? extends X> features) {
    return (inputs, targets) ->
        fit(inputs.stream().<X>map(features).toList(), targets).on(features);
  }
}
