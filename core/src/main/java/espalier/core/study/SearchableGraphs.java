package espalier.core.study;

import espalier.core.compose.Joined;
import espalier.core.compose.Pick;
import espalier.core.estimate.Hyperparameters;
import espalier.core.nn.Network;
import espalier.core.space.Nb101Cell;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Space;
import espalier.core.strategy.Strategies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/**
 * The graphs of NAS-Bench-101, which are no row of decisions.
 *
 * @param search the network a candidate is tried in
 */
public record SearchableGraphs(Nb101Space space, Nb101Macro search)
    implements Searchable<Nb101Cell> {

  @Override
  public SequencedMap<String, Strategies.Opening<Nb101Cell>> strategies() {
    SequencedMap<String, Strategies.Opening<Nb101Cell>> all =
        new LinkedHashMap<>(Strategies.ofChanges(space));
    all.putAll(Strategies.ofRaces(space, FIDELITIES));
    return all;
  }

  @Override
  public Map<String, Strategies.ParetoOpening<Nb101Cell>> several() {
    return Strategies.ofSeveralObjectives(space, FIDELITIES);
  }

  @Override
  public long cheapest(Nb101Cell any, ToLongFunction<Nb101Cell> cost) {
    return cost.applyAsLong(space.cheapest());
  }

  @Override
  public Optional<Searchable<Joined<Nb101Cell>>> tuned(Pick<Hyperparameters> pick) {
    return Optional.of(SearchableTrainings.of(this, space, pick));
  }

  @Override
  public Network proxy(Nb101Cell cell, int outputs) {
    return search.network(cell, outputs);
  }
}
