package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Crossable;
import espalier.core.space.Neighbourly;
import java.util.ArrayList;
import java.util.List;

/**
 * Evolution for several objectives, NSGA-II [Deb, Pratap, Agarwal, Meyarivan 2002]: of parents and
 * children the fronts survive that fewest dominate, and within a front those that stand alone. What
 * misses a limit is worse than all that meet it, and the worse the further it misses.
 */
public final class NondominatedSorting<A> implements Strategy<A> {

  /**
   * Sizes and odds.
   *
   * @param population parents, and children of a generation
   * @param crossover how likely a child has two parents rather than one
   */
  public record Settings(int population, double crossover) {
    public Settings {
      if (population < 2 || !(crossover >= 0) || crossover > 1) {
        throw new IllegalArgumentException(
            "nsga-ii: population %d and crossover %s, expected 2 or more, and of [0, 1]"
                .formatted(population, crossover));
      }
    }

    /** 20 for budgets of hundreds, where the paper has 100 for tens of thousands; 0.9 as there. */
    public static Settings standard() {
      return new Settings(20, 0.9);
    }
  }

  private final Neighbourly<A> mutations;
  private final Crossable<A> crossings;
  private final Objectives objectives;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final Philox random;
  private List<Fronts.Member<A>> parents = List.of();
  private final List<Fronts.Member<A>> children = new ArrayList<>();
  private int open;
  private int awaited;

  /** A population that is still to be drawn. */
  public <S extends Neighbourly<A> & Crossable<A>> NondominatedSorting(
      S space, Objectives objectives, Settings settings, long seed) {
    this.mutations = space;
    this.crossings = space;
    this.objectives = objectives;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "nsga-ii");
    this.open = settings.population();
  }

  @Override
  public Ask<A> ask(long trial) {
    if (open == 0) {
      if (awaited > 0) {
        return new Ask.Wait<>();
      }
      select();
    }
    open--;
    awaited++;
    return Ask.Propose.whole(parents.size() < 2 ? design.at(trial) : child(random.trial(trial)));
  }

  private void select() {
    List<Fronts.Member<A>> all = new ArrayList<>(parents);
    all.addAll(children);
    parents = Fronts.best(all, settings.population());
    children.clear();
    open = settings.population();
  }

  private A child(Philox draws) {
    A mother = parent(draws, 0);
    A bred =
        draws.uniformDouble(4) < settings.crossover()
            ? crossings.cross(mother, parent(draws, 2), draws.step(1))
            : mother;
    return mutations.mutate(bred, draws.step(2));
  }

  /** The better of two drawn; parents are in order. */
  private A parent(Philox draws, int position) {
    int better =
        Math.min(draws.below(position, parents.size()), draws.below(position + 1, parents.size()));
    return parents.get(better).architecture();
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    awaited--;
    switch (outcome) {
      case Outcome.Measured measured ->
          children.add(
              new Fronts.Member<>(trial.candidate(), objectives.scores(measured.metrics()), 0));
      case Outcome.Infeasible missed ->
          children.add(
              new Fronts.Member<>(
                  trial.candidate(),
                  new double[objectives.all().size()],
                  missed.objective().shortfall(missed.found())));
      case Outcome.Pruned _, Outcome.Failed _ -> {
        // Nothing is known that could be compared.
      }
    }
  }
}
