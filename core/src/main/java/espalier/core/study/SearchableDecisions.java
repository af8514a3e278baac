package espalier.core.study;

import espalier.core.compose.Joined;
import espalier.core.compose.Pick;
import espalier.core.estimate.Hyperparameters;
import espalier.core.estimate.LeastCost;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import espalier.core.strategy.Strategies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/** A space whose candidates are rows of decisions. */
public record SearchableDecisions<
        A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>>(
    S space) implements Searchable<A> {

  @Override
  public SequencedMap<String, Strategies.Opening<A>> strategies() {
    SequencedMap<String, Strategies.Opening<A>> all = new LinkedHashMap<>(Strategies.of(space));
    all.putAll(Strategies.ofFidelities(space, FIDELITIES));
    return all;
  }

  @Override
  public Map<String, Strategies.ParetoOpening<A>> several() {
    return Strategies.ofSeveralObjectives(space, FIDELITIES);
  }

  @Override
  public long cheapest(A any, ToLongFunction<A> cost) {
    return LeastCost.of(space, any, cost);
  }

  @Override
  public Optional<Searchable<Joined<A>>> tuned(Pick<Hyperparameters> pick) {
    return Optional.of(SearchableTrainings.ofRows(this, space, pick));
  }
}
