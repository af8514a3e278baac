package espalier.core.study;

import espalier.core.compose.Joined;
import espalier.core.compose.Pick;
import espalier.core.estimate.Hyperparameters;
import espalier.core.nn.Network;
import espalier.core.space.CellBased;
import espalier.core.space.GenotypeJson;
import espalier.core.space.SearchSpace;
import espalier.core.strategy.Strategies;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/**
 * A space as a study searches it: what is trained for a candidate, which strategies suit it, and
 * what its cheapest candidate costs. A study runs on any space that has one of these.
 *
 * @param <A> a candidate
 */
public interface Searchable<A> {

  /** Parts of a training at whose ends it can be left: it is left after 1, 3 or all of them. */
  int FIDELITIES = 9;

  /** Which candidates there are, and the networks that are trained for good. */
  SearchSpace<A> space();

  /** The strategies that follow one objective, by the names users type. */
  SequencedMap<String, Strategies.Opening<A>> strategies();

  /** Those of them that can follow several objectives at once. */
  default Map<String, Strategies.ParetoOpening<A>> several() {
    return Map.of();
  }

  /**
   * The least cost of any candidate.
   *
   * @param any a candidate to begin from
   * @param cost parameters or multiply-accumulates
   */
  long cheapest(A any, ToLongFunction<A> cost);

  /** What is trained in a candidate's place during the search. */
  default Network proxy(A candidate, int outputs) {
    return space().model(candidate, outputs);
  }

  /** How a candidate is trained, made of how all are. */
  default Recipe recipe(A candidate, Recipe all) {
    return all;
  }

  /** What is written down of the candidate that was found: contents of files by their names. */
  default SequencedMap<String, String> files(A candidate) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    files.put("genotype.json", GenotypeJson.write(space(), candidate).pretty());
    return files;
  }

  /** This space as one of cells, which supernets are made of, if it is one. */
  default Optional<CellBased<A>> cells() {
    return Optional.empty();
  }

  /**
   * This space with each candidate's training to be decided too, where that can be done.
   *
   * @param pick what there is to decide
   */
  default Optional<Searchable<Joined<A>>> tuned(Pick<Hyperparameters> pick) {
    return Optional.empty();
  }

  /**
   * A part of a training.
   *
   * @param until which share of the training is done at its end
   * @param candidate as which it is trained
   */
  record Leg<A>(double until, A candidate) {}

  /** The recipe of a training that may have changed hands on its way. */
  default Recipe recipe(List<Leg<A>> legs, Recipe all) {
    Recipe last = recipe(legs.getLast().candidate(), all);
    return legs.size() == 1
        ? last
        : last.with(
            last.optimizer(),
            new Schedule.Stages(
                legs.stream()
                    .map(leg ->
                        new Schedule.Stages.Stage(
                            leg.until(), recipe(leg.candidate(), all).schedule()))
                    .toList()));
  }
}
