package espalier.core.study;

import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.GrowingSpace;
import espalier.core.morph.NetworkMorphismSearch;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.strategy.Strategies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/** Networks that grow from small ones and keep their weights. */
public record SearchableGrowth(GrowingSpace space) implements Searchable<GrowingNetwork> {

  @Override
  public SequencedMap<String, Strategies.Opening<GrowingNetwork>> strategies() {
    SequencedMap<String, Strategies.Opening<GrowingNetwork>> all = new LinkedHashMap<>();
    all.put(
        "nash",
        (goal, _, seed) ->
            new NetworkMorphismSearch(
                space, goal, NetworkMorphismSearch.Settings.standard(), seed));
    all.put("random", (_, _, seed) -> new RandomSearch<>(space, Replacement.WITH, seed));
    all.put("random-unique", (_, _, seed) -> new RandomSearch<>(space, Replacement.WITHOUT, seed));
    return all;
  }

  @Override
  public Map<String, Strategies.ParetoOpening<GrowingNetwork>> several() {
    return Map.of(
        "random", (_, seed) -> new RandomSearch<>(space, Replacement.WITH, seed),
        "random-unique", (_, seed) -> new RandomSearch<>(space, Replacement.WITHOUT, seed));
  }

  @Override
  public long cheapest(GrowingNetwork any, ToLongFunction<GrowingNetwork> cost) {
    return space.smallest().mapToLong(cost).min().orElseThrow();
  }
}
