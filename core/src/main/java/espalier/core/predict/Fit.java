package espalier.core.predict;

import java.util.function.Function;

/** What a predictor has learnt; immutable. */
@FunctionalInterface
public interface Fit<X> {

  /** The expected target of an input. */
  double mean(X input);

  /** The same for things that {@code features} describes. */
  default <A> Fit<A> on(Function<? super A, ? extends X> features) {
    return input -> mean(features.apply(input));
  }
}
