package espalier.search;

import espalier.core.search.Strategy;

/** Opens a strategy on some ground, for a number of trials. */
@FunctionalInterface
public interface OpeningOn<A> {
  Strategy<A> open(long trials, long seed);
}
