package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Races one bracket after the other, again and again: those of {@link Bracket#hyperband} make it
 * Hyperband, a single one of {@link Bracket#halving} successive halving. Who goes on continues
 * where it was left.
 */
public final class Hyperband<A> implements Strategy<A> {

  private final Objectives objectives;
  private final List<Bracket> brackets;
  private final Proposals<A> proposals;
  private final Deque<Promotion.Runner<A>> promoted = new ArrayDeque<>();
  private final List<Promotion.Runner<A>> finished = new ArrayList<>();
  private int bracket;
  private int rung;
  private int open;
  private int awaited;

  /** Races candidates drawn uniformly. */
  public Hyperband(SearchSpace<A> space, Objective objective, List<Bracket> brackets, long seed) {
    this(space, Objectives.of(objective), brackets, seed);
  }

  /** Races candidates drawn uniformly; those go on that fewest dominate. */
  public Hyperband(SearchSpace<A> space, Objectives objectives, List<Bracket> brackets, long seed) {
    this(objectives, brackets, InitialDesign.of(space, seed)::at);
  }

  Hyperband(Objectives objectives, List<Bracket> brackets, Proposals<A> proposals) {
    if (brackets.isEmpty()) {
      throw new IllegalArgumentException("hyperband: found no brackets, expected one or more");
    }
    this.objectives = objectives;
    this.brackets = List.copyOf(brackets);
    this.proposals = proposals;
    this.open = brackets.getFirst().rungs().getFirst().candidates();
  }

  /** Where the candidates of a first rung come from. */
  @FunctionalInterface
  interface Proposals<A> {
    A propose(long trial);

    default void learn(Trial<A> trial, Outcome outcome) {}
  }

  @Override
  public Ask<A> ask(long trial) {
    while (open == 0) {
      if (awaited > 0) {
        return new Ask.Wait<>();
      }
      climb();
    }
    open--;
    awaited++;
    Fidelity fidelity =
        new Fidelity(
            brackets.get(bracket).rungs().get(rung).units(), brackets.get(bracket).resource());
    if (rung == 0) {
      return new Ask.Propose<>(proposals.propose(trial), fidelity, new Start.Fresh());
    }
    Trial<A> before = promoted.remove().trial();
    return new Ask.Propose<>(before.candidate(), fidelity, Start.Continue.of(before));
  }

  /** Goes to the next rung with the best of this one; if none is left, to the next bracket. */
  private void climb() {
    List<Bracket.Rung> rungs = brackets.get(bracket).rungs();
    rung++;
    if (rung == rungs.size() || finished.isEmpty()) {
      finished.clear();
      rung = 0;
      bracket = (bracket + 1) % brackets.size();
      open = brackets.get(bracket).rungs().getFirst().candidates();
      return;
    }
    Promotion.order(finished).stream().limit(rungs.get(rung).candidates()).forEach(promoted::add);
    finished.clear();
    open = promoted.size();
  }

  /**
   * {@inheritDoc} Those of the present rung that finished, and those that were promoted from it.
   */
  @Override
  public boolean mayContinue(long trial) {
    boolean isLast = rung + 1 == brackets.get(bracket).rungs().size();
    return promoted.stream().anyMatch(runner -> runner.trial().number() == trial)
        || (!isLast && finished.stream().anyMatch(runner -> runner.trial().number() == trial));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    awaited--;
    proposals.learn(trial, outcome);
    if (outcome instanceof Outcome.Measured(Metrics metrics)) {
      finished.add(new Promotion.Runner<>(trial, objectives.scores(metrics)));
    }
  }
}
