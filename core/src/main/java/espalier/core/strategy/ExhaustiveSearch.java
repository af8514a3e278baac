package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Enumerable;

/** Every architecture once, in the order of their numbers. */
public final class ExhaustiveSearch<A> implements Strategy<A> {
  private final Enumerable<A> space;
  private int next;

  /** All of a space. */
  public ExhaustiveSearch(Enumerable<A> space) {
    this.space = space;
  }

  @Override
  public Ask<A> ask(long trial) {
    return next < space.count() ? Ask.Propose.whole(space.at(next++)) : new Ask.Done<>();
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    // Nothing is learnt.
  }
}
