package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.space.Neighbourly;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Draws the architectures among which a predictor chooses. */
@FunctionalInterface
interface Candidates<A> {

  /**
   * Different architectures; none if the draws came upon none that will do.
   *
   * @param best what was measured, the best first
   * @param isNew which ones will do
   */
  Set<A> draw(List<A> best, Predicate<A> isNew, Philox draws);

  /**
   * Mutants of the best, each as likely a parent as another, and uniform draws.
   *
   * @param count of draws; fewer may do
   * @param parents how many of the best have mutants
   * @param random share of the draws that are uniform
   */
  static <A> Candidates<A> mutantsAndSamples(
      Neighbourly<A> space, int count, int parents, double random) {
    long uniform = Math.round(random * count);
    return (best, isNew, draws) -> {
      int able = Math.min(parents, best.size());
      Set<A> candidates = new LinkedHashSet<>();
      for (int i = 0; i < count; i++) {
        Philox own = draws.trial(i);
        A candidate =
            i < uniform ? space.sample(own) : space.mutate(best.get(draws.below(i, able)), own);
        if (isNew.test(candidate)) {
          candidates.add(candidate);
        }
      }
      return candidates;
    };
  }

  /**
   * Mutants of the very best, and of the next only while there are too few.
   *
   * @param count how many are wanted; as many are drawn of each parent
   * @param parents how many of the best may have mutants
   */
  static <A> Candidates<A> mutantsOfTheBest(Neighbourly<A> space, int count, int parents) {
    return (best, isNew, draws) -> {
      Set<A> candidates = new LinkedHashSet<>();
      for (int parent = 0; parent < Math.min(parents, best.size()); parent++) {
        for (int i = 0; i < count && candidates.size() < count; i++) {
          A mutant = space.mutate(best.get(parent), draws.trial(parent).trial(i));
          if (isNew.test(mutant)) {
            candidates.add(mutant);
          }
        }
      }
      return candidates;
    };
  }
}
