package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace;

/**
 * Architectures drawn uniformly, by trial. Strategies of one seed that begin with samples begin
 * with the same ones, so that comparisons between them can be paired.
 */
record InitialDesign<A>(CandidateSpace<A> space, Philox random) {

  static <A> InitialDesign<A> of(CandidateSpace<A> space, long seed) {
    return new InitialDesign<>(space, Philox.of(seed, "initial design"));
  }

  A at(long trial) {
    return space.sample(random.trial(trial));
  }
}
