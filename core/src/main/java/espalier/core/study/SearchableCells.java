package espalier.core.study;

import espalier.core.compose.Joined;
import espalier.core.compose.Pick;
import espalier.core.estimate.Hyperparameters;
import espalier.core.estimate.LeastCost;
import espalier.core.nn.Network;
import espalier.core.space.CellBased;
import espalier.core.space.CellDrawing;
import espalier.core.space.CellSpace;
import espalier.core.strategy.Strategies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/** Cells, each candidate tried as its space's proxy; strategies may look into them. */
public record SearchableCells<A>(CellBased<A> space) implements Searchable<A> {

  @Override
  public SequencedMap<String, Strategies.Opening<A>> strategies() {
    SequencedMap<String, Strategies.Opening<A>> all =
        new LinkedHashMap<>(Strategies.ofCells(space));
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
  public Network proxy(A candidate, int outputs) {
    return space.proxy(candidate, outputs);
  }

  /** {@inheritDoc} A drawing of each cell too. */
  @Override
  public SequencedMap<String, String> files(A candidate) {
    SequencedMap<String, String> files = Searchable.super.files(candidate);
    List<CellSpace> kinds = space.cellSpaces();
    for (int i = 0; i < kinds.size(); i++) {
      String name = kinds.get(i).name();
      files.put(name + ".svg", CellDrawing.svg(name, space.cells(candidate).get(i)));
    }
    return files;
  }

  @Override
  public Optional<CellBased<A>> cells() {
    return Optional.of(space);
  }

  @Override
  public Optional<Searchable<Joined<A>>> tuned(Pick<Hyperparameters> pick) {
    return Optional.of(SearchableTrainings.ofRows(this, space, pick));
  }
}
