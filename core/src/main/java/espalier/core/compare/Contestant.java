package espalier.core.compare;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.space.CellBased;
import espalier.core.space.Enumerable;
import espalier.core.strategy.ExhaustiveSearch;
import espalier.core.strategy.LargestFirst;
import espalier.core.strategy.Strategies;
import espalier.core.strategy.Strategies.Opening;
import espalier.core.table.CurveTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
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

  /**
   * All there are, the two baselines first.
   *
   * @param parameters what the baseline of sizes knows
   */
  public static <A, S extends Enumerable<A> & CellBased<A>> List<Contestant<A>> all(
      S space, ToDoubleFunction<A> parameters) {
    LargestFirst.Order<A> order = LargestFirst.Order.of(space, parameters);
    List<Contestant<A>> all = new ArrayList<>();
    SequencedMap<String, Opening<A>> strategies = new LinkedHashMap<>(Strategies.ofCells(space));
    all.add(new Contestant<>(RANDOM, Objects.requireNonNull(strategies.remove(RANDOM))));
    all.add(
        new Contestant<>(PARAMETERS_ONLY, (goal, trials, seed) -> new LargestFirst<>(order, seed)));
    all.add(new Contestant<>("exhaustive", (goal, trials, seed) -> new ExhaustiveSearch<>(space)));
    strategies.forEach((name, opening) -> all.add(new Contestant<>(name, opening)));
    return List.copyOf(all);
  }

  /** All for a table of learning curves, those among them that stop trainings early. */
  public static List<Contestant<Decision>> ofCurves(
      ComposedSpace<?> space, CurveTable<Decision> table, String parameters) {
    SequencedMap<String, Opening<Decision>> strategies = new LinkedHashMap<>(Strategies.of(space));
    strategies.putAll(Strategies.ofFidelities(space, table.epochs()));
    Map<Decision, Double> sizes = table.constants(parameters);
    LargestFirst.Order<Decision> order =
        LargestFirst.Order.of(
            table.architectures(), candidate -> sizes.getOrDefault(candidate, Double.NaN));
    List<Contestant<Decision>> all = new ArrayList<>();
    all.add(new Contestant<>(RANDOM, Objects.requireNonNull(strategies.remove(RANDOM))));
    all.add(
        new Contestant<>(PARAMETERS_ONLY, (goal, trials, seed) -> new LargestFirst<>(order, seed)));
    strategies.forEach((name, opening) -> all.add(new Contestant<>(name, opening)));
    return List.copyOf(all);
  }
}
