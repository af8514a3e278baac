package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Neighbourly;
import java.util.List;
import java.util.Optional;

/**
 * A walk among neighbours that takes every step up, and a step down by d with probability exp(-d/T)
 * while the temperature T falls [Kirkpatrick, Gelatt, Vecchi 1983].
 */
public final class SimulatedAnnealing<A> implements Strategy<A> {

  /**
   * How the temperature falls: by the same factor each trial.
   *
   * @param first temperature, in units of the objective
   * @param last temperature, reached at trial {@code trials} - 1 and kept
   */
  public record Settings(double first, double last, long trials) {
    public Settings {
      if (!(first > 0) || !(last > 0) || trials < 1) {
        throw new IllegalArgumentException(
            "annealing: temperatures %s and %s over %d trials, expected positive ones over 1 or more"
                .formatted(first, last, trials));
      }
    }

    /** From 5 to 0.1 per cent of accuracy. */
    public static Settings standard(long trials) {
      return new Settings(5, 0.1, trials);
    }

    double temperature(long trial) {
      double progress = trials == 1 ? 1 : Math.min(1, (double) trial / (trials - 1));
      return first * StrictMath.pow(last / first, progress);
    }
  }

  private record Place<A>(A architecture, double score) {}

  private final Neighbourly<A> space;
  private final Objective objective;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final Philox random;
  private Optional<Place<A>> current = Optional.empty();

  /** A walk from a random start. */
  public SimulatedAnnealing(
      Neighbourly<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "simulated annealing");
  }

  @Override
  public Ask<A> ask(long trial) {
    return Ask.Propose.whole(
        current
            .map(place -> neighbour(place.architecture(), random.trial(trial)))
            .orElseGet(() -> design.at(trial)));
  }

  /** Any neighbour, all alike likely. */
  private A neighbour(A architecture, Philox draws) {
    List<A> neighbours = space.neighbours(architecture);
    return neighbours.get(draws.below(0, neighbours.size()));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective
        .score(outcome)
        .ifPresent(score -> {
          Place<A> next = new Place<>(trial.candidate(), score);
          current = Optional.of(current.filter(place -> stays(place, next, trial)).orElse(next));
        });
  }

  private boolean stays(Place<A> place, Place<A> next, Trial<A> trial) {
    double rise = next.score() - place.score();
    double odds = StrictMath.exp(rise / settings.temperature(trial.number()));
    return random.trial(trial.number()).uniformDouble(1) >= odds;
  }
}
