package espalier.core.study;

import espalier.core.compose.Joined;
import espalier.core.compose.JoinedRows;
import espalier.core.compose.JoinedSpace;
import espalier.core.compose.Pick;
import espalier.core.estimate.Hyperparameters;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import espalier.core.strategy.PopulationBasedTraining;
import espalier.core.strategy.Strategies;
import espalier.core.train.Recipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToLongFunction;

/**
 * Architectures, and beside each how it is trained. A population can then be trained as well: its
 * members' learning rates change on the way.
 *
 * @param plain the architectures by themselves
 * @param space the same with their trainings
 * @param suited the strategies that suit it, but for populations
 */
public record SearchableTrainings<A>(
    Searchable<A> plain,
    JoinedSpace<A, ?, Hyperparameters> space,
    SequencedMap<String, Strategies.Opening<Joined<A>>> suited)
    implements Searchable<Joined<A>> {
  private static final String NAME = "training";
  private static final int MOST_MEMBERS = 20;
  private static final int TURNS = 5;
  private static final double SHARE = 0.2;

  /** Of architectures that are rows of decisions. */
  public static <A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>>
      SearchableTrainings<A> ofRows(Searchable<A> plain, S space, Pick<Hyperparameters> pick) {
    JoinedRows<A, S, Hyperparameters> rows = new JoinedRows<>(space, NAME, pick);
    return new SearchableTrainings<>(plain, rows, new SearchableDecisions<>(rows).strategies());
  }

  /** Of any architectures that can be changed. */
  public static <A, S extends Neighbourly<A> & Crossable<A> & Encodable<A>>
      SearchableTrainings<A> of(Searchable<A> plain, S space, Pick<Hyperparameters> pick) {
    JoinedSpace<A, S, Hyperparameters> joined = new JoinedSpace<>(space, NAME, pick);
    SequencedMap<String, Strategies.Opening<Joined<A>>> suited =
        new LinkedHashMap<>(Strategies.ofChanges(joined));
    suited.putAll(Strategies.ofRaces(joined, FIDELITIES));
    return new SearchableTrainings<>(plain, joined, suited);
  }

  @Override
  public SequencedMap<String, Strategies.Opening<Joined<A>>> strategies() {
    SequencedMap<String, Strategies.Opening<Joined<A>>> all = new LinkedHashMap<>(suited);
    all.put(
        "pbt",
        (goal, trials, seed) ->
            new PopulationBasedTraining<>(
                space,
                this::atAnotherRate,
                goal,
                new PopulationBasedTraining.Settings(members(trials), TURNS, SHARE),
                seed));
    return all;
  }

  /** As few populations as there can be, one after the other, all of which end. */
  private static int members(long trials) {
    return (int) Math.max(2, trials / Math.ceilDiv(trials, MOST_MEMBERS));
  }

  /** The same but for the learning rate, which is a step higher or lower. */
  private Joined<A> atAnotherRate(Joined<A> candidate, Philox random) {
    Hyperparameters before = space.beside(candidate);
    List<Joined<A>> rates =
        space.neighboursBeside(candidate).stream()
            .filter(other -> space.beside(other).differsInRateOnly(before))
            .toList();
    return rates.get(random.below(0, rates.size()));
  }

  @Override
  public Map<String, Strategies.ParetoOpening<Joined<A>>> several() {
    return Strategies.ofSeveralObjectives(space, FIDELITIES);
  }

  @Override
  public long cheapest(Joined<A> any, ToLongFunction<Joined<A>> cost) {
    return plain.cheapest(
        any.architecture(),
        architecture -> cost.applyAsLong(new Joined<>(architecture, any.beside())));
  }

  @Override
  public Network proxy(Joined<A> candidate, int outputs) {
    return plain.proxy(candidate.architecture(), outputs);
  }

  @Override
  public Recipe recipe(Joined<A> candidate, Recipe all) {
    return space.beside(candidate).of(plain.recipe(candidate.architecture(), all));
  }

  /** {@inheritDoc} Of the architecture; the recipe is part of the result. */
  @Override
  public SequencedMap<String, String> files(Joined<A> candidate) {
    return plain.files(candidate.architecture());
  }

  /** {@inheritDoc} The same in every process, as runs are compared by it. */
  @Override
  public String toString() {
    return "SearchableTrainings[plain=%s, space=%s]".formatted(plain, space);
  }
}
