package espalier.core.compare;

import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Strategy;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Enumerable;
import espalier.core.space.Neighbourly;
import espalier.core.strategy.ExhaustiveSearch;
import espalier.core.strategy.Exp3Search;
import espalier.core.strategy.HedgeSearch;
import espalier.core.strategy.LargestFirst;
import espalier.core.strategy.LocalSearch;
import espalier.core.strategy.NondominatedSorting;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.strategy.RegularizedEvolution;
import espalier.core.strategy.Reinforce;
import espalier.core.strategy.SimulatedAnnealing;
import espalier.core.strategy.TreeParzenEstimator;
import espalier.core.strategy.UpperConfidenceTree;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A strategy under the name users type, with the settings of its source.
 *
 * @param opening a fresh one
 */
public record Contestant<A>(String name, Opening<A> opening) {
  /** What every other is tested against. */
  public static final String RANDOM = "random";

  /** What knows nothing but sizes. */
  public static final String PARAMETERS_ONLY = "parameters-only";

  /** Opens a strategy. */
  @FunctionalInterface
  public interface Opening<A> {
    /**
     * A fresh strategy.
     *
     * @param trials how many there will be, for those that plan ahead
     */
    Strategy<A> open(Objective objective, long trials, long seed);
  }

  /**
   * All there are, the two baselines first.
   *
   * @param parameters what the baseline of sizes knows
   */
  public static <A, S extends Enumerable<A> & Categorical<A> & Neighbourly<A> & Crossable<A>>
      List<Contestant<A>> all(S space, ToDoubleFunction<A> parameters) {
    LargestFirst.Order<A> order = LargestFirst.Order.of(space, parameters);
    return List.of(
        new Contestant<>(
            RANDOM, (goal, trials, seed) -> new RandomSearch<>(space, Replacement.WITH, seed)),
        new Contestant<>(PARAMETERS_ONLY, (goal, trials, seed) -> new LargestFirst<>(order, seed)),
        new Contestant<>(
            "random-unique",
            (goal, trials, seed) -> new RandomSearch<>(space, Replacement.WITHOUT, seed)),
        new Contestant<>("exhaustive", (goal, trials, seed) -> new ExhaustiveSearch<>(space)),
        new Contestant<>(
            "re",
            (goal, trials, seed) ->
                new RegularizedEvolution<>(
                    space, goal, RegularizedEvolution.Settings.standard(), seed)),
        new Contestant<>("local", (goal, trials, seed) -> new LocalSearch<>(space, goal, seed)),
        new Contestant<>(
            "sa",
            (goal, trials, seed) ->
                new SimulatedAnnealing<>(
                    space, goal, SimulatedAnnealing.Settings.standard(trials), seed)),
        new Contestant<>(
            "reinforce",
            (goal, trials, seed) ->
                new Reinforce<>(space, goal, Reinforce.Settings.standard(), seed)),
        new Contestant<>(
            "uct",
            (goal, trials, seed) ->
                new UpperConfidenceTree<>(
                    space, goal, UpperConfidenceTree.Settings.standard(), seed)),
        new Contestant<>(
            "exp3",
            (goal, trials, seed) ->
                new Exp3Search<>(space, goal, Exp3Search.Settings.standard(), seed)),
        new Contestant<>(
            "hedge",
            (goal, trials, seed) ->
                new HedgeSearch<>(space, goal, HedgeSearch.Settings.standard(), seed)),
        new Contestant<>(
            "nsga2",
            (goal, trials, seed) ->
                new NondominatedSorting<>(
                    space, Objectives.of(goal), NondominatedSorting.Settings.standard(), seed)),
        new Contestant<>(
            "tpe",
            (goal, trials, seed) ->
                new TreeParzenEstimator<>(
                    space, goal, TreeParzenEstimator.Settings.standard(), seed)));
  }
}
