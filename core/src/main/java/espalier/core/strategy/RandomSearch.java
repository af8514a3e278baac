package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.CandidateSpace;

/** Architectures drawn uniformly: what every strategy has to beat. */
public final class RandomSearch<A> implements Strategy<A> {

  /** Whether an architecture may be drawn twice. */
  public enum Replacement {
    /** It may, as in the comparisons of NAS-Bench-201 [Dong and Yang 2020]. */
    WITH,
    /** It may not; when none is left, the search is done. */
    WITHOUT
  }

  private final InitialDesign<A> design;
  private final Replacement replacement;
  private final Seen<A> seen;
  private long drawn;

  /** The samples that a seed stands for. */
  public RandomSearch(CandidateSpace<A> space, Replacement replacement, long seed) {
    this.design = InitialDesign.of(space, seed);
    this.replacement = replacement;
    this.seen = new Seen<>(space);
  }

  @Override
  public Ask<A> ask(long trial) {
    if (replacement == Replacement.WITH) {
      return Ask.Propose.whole(design.at(trial));
    }
    while (!seen.isEverything()) {
      A candidate = design.at(drawn++);
      if (seen.add(candidate)) {
        return Ask.Propose.whole(candidate);
      }
    }
    return new Ask.Done<>();
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    // Nothing is learnt.
  }
}
