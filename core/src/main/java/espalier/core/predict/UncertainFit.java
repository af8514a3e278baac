package espalier.core.predict;

import java.util.function.Function;

/** What a predictor has learnt, and how sure of it it is. */
public interface UncertainFit<X> extends Fit<X> {

  /** An expected target and its standard deviation. */
  record Prediction(double mean, double deviation) {}

  /** The expected target of an input with its deviation. */
  Prediction predict(X input);

  @Override
  default double mean(X input) {
    return predict(input).mean();
  }

  @Override
  default <A> UncertainFit<A> on(Function<? super A, ? extends X> features) {
    return input -> predict(features.apply(input));
  }
}
