package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Neighbourly;
import java.util.ArrayList;
import java.util.List;

/**
 * Tournament selection over a population that forgets its oldest member, never its worst [Real,
 * Aggarwal, Huang, Le 2019].
 */
public final class RegularizedEvolution<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param population members; the oldest dies when another is born
   * @param tournament members drawn, with replacement, of which the fittest is the parent
   */
  public record Settings(int population, int tournament) {
    public Settings {
      if (population < 1 || tournament < 1) {
        throw new IllegalArgumentException(
            "evolution: population %d and tournament %d, expected 1 or more"
                .formatted(population, tournament));
      }
    }

    /** 10 and 3, as on NAS-Bench-201 [Dong and Yang 2020]. */
    public static Settings standard() {
      return new Settings(10, 3);
    }
  }

  private record Member<A>(A architecture, double fitness) {}

  private final Neighbourly<A> space;
  private final Objective objective;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final Philox random;
  private final List<Member<A>> population = new ArrayList<>();

  /** A population that is still to be drawn. */
  public RegularizedEvolution(
      Neighbourly<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "regularized evolution");
  }

  @Override
  public Ask<A> ask(long trial) {
    return Ask.Propose.whole(
        population.size() < settings.population()
            ? design.at(trial)
            : space.mutate(parent(random.trial(trial)), random.trial(trial).step(1)));
  }

  private A parent(Philox draws) {
    Member<A> fittest = population.get(draws.below(0, population.size()));
    for (int i = 1; i < settings.tournament(); i++) {
      Member<A> rival = population.get(draws.below(i, population.size()));
      fittest = rival.fitness() > fittest.fitness() ? rival : fittest;
    }
    return fittest.architecture();
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective
        .score(outcome)
        .ifPresent(fitness -> {
          population.add(new Member<>(trial.candidate(), fitness));
          if (population.size() > settings.population()) {
            population.removeFirst();
          }
        });
  }
}
