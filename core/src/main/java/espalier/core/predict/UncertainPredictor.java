package espalier.core.predict;

import java.util.List;
import java.util.function.Function;

/** A predictor that knows how sure it is. */
public interface UncertainPredictor<X> extends Predictor<X> {
  @Override
  UncertainFit<X> fit(List<X> inputs, double[] targets);

  @Override
  default <A> UncertainPredictor<A> on(Function<? super A, ? extends X> features) {
    return (inputs, targets) ->
        fit(inputs.stream().<X>map(features).toList(), targets).on(features);
  }
}
