package espalier.core.strategy;

import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Strategy;
import espalier.core.space.Categorical;
import espalier.core.space.CellBased;
import espalier.core.space.CellSpace;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Neighbourly;
import espalier.core.space.PathEncoding;
import espalier.core.space.SearchSpace;
import espalier.core.strategy.RandomSearch.Replacement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The strategies by the names users type, each with the settings of its source. */
public final class Strategies {
  /** Longer paths have no feature: there are many, and few architectures have any one of them. */
  private static final int LONGEST_PATH = 3;

  /** One of so many goes on, in every race, as its authors recommend. */
  private static final int ETA = 3;

  private Strategies() {}

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

  /** Opens a strategy that looks for a Pareto front. */
  @FunctionalInterface
  public interface ParetoOpening<A> {
    /** A fresh strategy. */
    Strategy<A> open(Objectives objectives, long seed);
  }

  /**
   * Those that follow several objectives at once, or none as random search does.
   *
   * @param resource units of a full estimate, such as epochs
   */
  public static <A, S extends Neighbourly<A> & Crossable<A>>
      SequencedMap<String, ParetoOpening<A>> ofSeveralObjectives(S space, int resource) {
    SequencedMap<String, ParetoOpening<A>> strategies = new LinkedHashMap<>();
    strategies.put("random", (goals, seed) -> new RandomSearch<>(space, Replacement.WITH, seed));
    strategies.put(
        "random-unique", (goals, seed) -> new RandomSearch<>(space, Replacement.WITHOUT, seed));
    strategies.put(
        "nsga2",
        (goals, seed) ->
            new NondominatedSorting<>(space, goals, NondominatedSorting.Settings.standard(), seed));
    strategies.put(
        "sh", (goals, seed) -> new Hyperband<>(space, goals, List.of(halving(resource)), seed));
    strategies.put(
        "hyperband",
        (goals, seed) -> new Hyperband<>(space, goals, Bracket.hyperband(resource, ETA), seed));
    strategies.put(
        "asha", (goals, seed) -> new AsynchronousHalving<>(space, goals, rungs(resource), seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }

  /** As many candidates as leave one for a full estimate. */
  private static Bracket halving(int resource) {
    int steps = 0;
    int candidates = 1;
    while (candidates * ETA <= resource) {
      candidates *= ETA;
      steps++;
    }
    return Bracket.halving(candidates, steps, resource, ETA);
  }

  private static AsynchronousHalving.Settings rungs(int resource) {
    int candidates = halving(resource).rungs().getFirst().candidates();
    return new AsynchronousHalving.Settings(Math.max(1, resource / candidates), resource, ETA);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException naming those there are, if there is none of this name
   */
  public static <A> Opening<A> named(SequencedMap<String, Opening<A>> strategies, String name) {
    Opening<A> opening = strategies.get(name);
    if (opening == null) {
      throw new IllegalArgumentException(
          "strategy: unknown '%s', expected one of %s".formatted(name, strategies.keySet()));
    }
    return opening;
  }

  /**
   * Those that estimate every candidate in full and ask a space for no more than samples, changes,
   * children and an encoding.
   */
  public static <A, S extends Neighbourly<A> & Crossable<A> & Encodable<A>>
      SequencedMap<String, Opening<A>> ofChanges(S space) {
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>();
    strategies.put(
        "random", (goal, trials, seed) -> new RandomSearch<>(space, Replacement.WITH, seed));
    strategies.put(
        "random-unique",
        (goal, trials, seed) -> new RandomSearch<>(space, Replacement.WITHOUT, seed));
    strategies.put(
        "re",
        (goal, trials, seed) ->
            new RegularizedEvolution<>(
                space, goal, RegularizedEvolution.Settings.standard(), seed));
    strategies.put("local", (goal, trials, seed) -> new LocalSearch<>(space, goal, seed));
    strategies.put(
        "sa",
        (goal, trials, seed) ->
            new SimulatedAnnealing<>(
                space, goal, SimulatedAnnealing.Settings.standard(trials), seed));
    strategies.put(
        "nsga2",
        (goal, trials, seed) ->
            new NondominatedSorting<>(
                space, Objectives.of(goal), NondominatedSorting.Settings.standard(), seed));
    strategies.put(
        "forest",
        (goal, trials, seed) ->
            PredictorGuidedSearch.forest(
                space, goal, PredictorGuidedSearch.Settings.standard(), seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }

  /** The same, and those that learn which option is best in each decision. */
  public static <A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>>
      SequencedMap<String, Opening<A>> of(S space) {
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>(ofChanges(space));
    strategies.put(
        "reinforce",
        (goal, trials, seed) -> new Reinforce<>(space, goal, Reinforce.Settings.standard(), seed));
    strategies.put(
        "reinforce-lstm",
        (goal, trials, seed) ->
            new ProximalPolicy<>(space, goal, ProximalPolicy.Settings.reinforce(), seed));
    strategies.put(
        "ppo",
        (goal, trials, seed) ->
            new ProximalPolicy<>(space, goal, ProximalPolicy.Settings.standard(), seed));
    strategies.put(
        "uct",
        (goal, trials, seed) ->
            new UpperConfidenceTree<>(space, goal, UpperConfidenceTree.Settings.standard(), seed));
    strategies.put(
        "exp3",
        (goal, trials, seed) ->
            new Exp3Search<>(space, goal, Exp3Search.Settings.standard(), seed));
    strategies.put(
        "hedge",
        (goal, trials, seed) ->
            new HedgeSearch<>(space, goal, HedgeSearch.Settings.standard(), seed));
    strategies.put(
        "tpe",
        (goal, trials, seed) ->
            new TreeParzenEstimator<>(space, goal, TreeParzenEstimator.Settings.standard(), seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }

  /**
   * Those that estimate most candidates a little and few in full, of candidates drawn uniformly.
   *
   * @param resource units of a full estimate, such as epochs
   */
  public static <A> SequencedMap<String, Opening<A>> ofRaces(SearchSpace<A> space, int resource) {
    List<Bracket> halving = List.of(halving(resource));
    AsynchronousHalving.Settings rungs = rungs(resource);
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>();
    strategies.put("sh", (goal, trials, seed) -> new Hyperband<>(space, goal, halving, seed));
    strategies.put(
        "hyperband",
        (goal, trials, seed) ->
            new Hyperband<>(space, goal, Bracket.hyperband(resource, ETA), seed));
    strategies.put(
        "asha", (goal, trials, seed) -> new AsynchronousHalving<>(space, goal, rungs, seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }

  /** The same, and the one that learns which option is best in each decision. */
  public static <A> SequencedMap<String, Opening<A>> ofFidelities(
      Categorical<A> space, int resource) {
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>(ofRaces(space, resource));
    strategies.put(
        "bohb",
        (goal, trials, seed) ->
            new Bohb<>(space, goal, Bracket.bohb(resource, ETA), Bohb.Settings.standard(), seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }

  /** The same, and those that see the paths or the graphs of cells. */
  public static <A> SequencedMap<String, Opening<A>> ofCells(CellBased<A> space) {
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>(of(space));
    int nodes = space.cellSpaces().stream().mapToInt(CellSpace::nodes).max().orElse(0);
    Encodable<A> paths = new PathEncoding<>(space, Math.min(nodes, LONGEST_PATH));
    strategies.put(
        "bananas",
        (goal, trials, seed) ->
            new Bananas<>(space, paths, goal, Bananas.Settings.standard(), seed));
    strategies.put(
        "npenas",
        (goal, trials, seed) ->
            new Npenas<>(
                space,
                architecture -> LabelledGraph.of(space.cells(architecture)),
                goal,
                Npenas.Settings.standard(),
                seed));
    return Collections.unmodifiableSequencedMap(strategies);
  }
}
