package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Neighbourly;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steepest ascent: all neighbours are tried, the best is the next centre while it is better, and a
 * local optimum is left for a new random start [White, Nolen, Savani 2021]. An architecture it has
 * met is not proposed again: its score is remembered.
 */
public final class LocalSearch<A> implements Strategy<A> {
  private final Neighbourly<A> space;
  private final Objective objective;
  private final InitialDesign<A> design;
  private final Seen<A> seen;
  private final Map<A, Double> scores = new HashMap<>();
  private final Set<A> awaited = new HashSet<>();
  private long starts;
  private A centre;
  private List<A> open;

  /** Climbs from random starts. */
  public LocalSearch(Neighbourly<A> space, Objective objective, long seed) {
    this.space = space;
    this.objective = objective;
    this.design = InitialDesign.of(space, seed);
    this.seen = new Seen<>(space);
    this.centre = design.at(starts++);
    this.open = List.of(centre);
  }

  /*
   * The open list holds what has to be known before the next move: at first a start alone, then the
   * neighbours of the centre. Trials of it may be under way side by side.
   */
  @Override
  public Ask<A> ask(long trial) {
    while (true) {
      for (A candidate : open) {
        if (seen.add(candidate)) {
          awaited.add(candidate);
          return Ask.Propose.whole(candidate);
        }
      }
      if (!awaited.isEmpty()) {
        return new Ask.Wait<>();
      }
      if (seen.isEverything()) {
        return new Ask.Done<>();
      }
      move();
    }
  }

  private void move() {
    A best = centre;
    for (A candidate : open) {
      best = score(candidate) > score(best) ? candidate : best;
    }
    boolean justStarted = open.size() == 1 && open.getFirst().equals(centre);
    if (justStarted || !best.equals(centre)) {
      centre = best;
      open = space.neighbours(centre);
    } else {
      centre = design.at(starts++);
      open = List.of(centre);
    }
  }

  /** The score of a candidate that was tried; one without a score is worse than any. */
  private double score(A candidate) {
    return scores.getOrDefault(candidate, Double.NEGATIVE_INFINITY);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    awaited.remove(trial.candidate());
    objective.score(outcome).ifPresent(score -> scores.put(trial.candidate(), score));
  }
}
