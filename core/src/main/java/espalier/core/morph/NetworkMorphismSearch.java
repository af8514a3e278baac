package espalier.core.morph;

import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Fidelity;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hill climbing by network morphisms, NASH [Elsken, Metzen, Hutter 2017]: a small network is
 * trained; then, again and again, its neighbours, which some random morphisms lead to, go on from
 * its weights, each trained for a short time, and the best of them takes its place. The network
 * itself, trained on, is one of its neighbours.
 *
 * <p>For estimators that have trials inherit, such as one that trains and leaves every training;
 * what is worth most depends on the way to it, so repeats are charged. A climb whose networks all
 * fail goes on from the last that did not.
 */
public final class NetworkMorphismSearch implements Strategy<GrowingNetwork> {

  /**
   * Sizes.
   *
   * @param neighbours of a network, itself among them
   * @param morphisms that lead to each of the others
   * @param unevenness of the shares of copied units' weights, see {@link Division}
   */
  public record Settings(int neighbours, int morphisms, double unevenness) {
    public Settings {
      if (neighbours < 2 || morphisms < 1) {
        throw new IllegalArgumentException(
            "network morphisms: %d neighbours by %d morphisms, expected 2 or more by 1 or more"
                .formatted(neighbours, morphisms));
      }
    }

    /** 8 neighbours by 5 morphisms, as published; copies are told apart as much as can be. */
    public static Settings standard() {
      return new Settings(8, 5, 1);
    }
  }

  private record Next(GrowingNetwork candidate, Start start) {}

  private record Told(Trial<GrowingNetwork> trial, double score) {}

  private final GrowingSpace space;
  private final Objective objective;
  private final Settings settings;
  private final long seed;
  private final Philox random;
  private final List<Next> generation = new ArrayList<>();
  private int proposed;
  private int told;
  private long generations;
  private Optional<Told> parent = Optional.empty();
  private Optional<Told> best = Optional.empty();

  /** A climb from one of the smallest networks. */
  public NetworkMorphismSearch(
      GrowingSpace space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.seed = seed;
    this.random = Philox.of(seed, "network morphism search");
  }

  @Override
  public Ask<GrowingNetwork> ask(long trial) {
    if (proposed == generation.size()) {
      if (told < proposed) {
        return new Ask.Wait<>();
      }
      breed(trial);
    }
    Next next = generation.get(proposed++);
    return new Ask.Propose<>(next.candidate, Fidelity.whole(), next.start);
  }

  private void breed(long trial) {
    parent = best.or(() -> parent);
    best = Optional.empty();
    generation.clear();
    proposed = 0;
    told = 0;
    Philox draws = random.trial(generations++);
    if (parent.isEmpty()) {
      generation.add(new Next(space.small(draws), new Start.Fresh()));
      return;
    }
    Trial<GrowingNetwork> from = parent.get().trial;
    for (int i = 0; i < settings.neighbours(); i++) {
      int steps = i == 0 ? 0 : settings.morphisms();
      Division division = new Division(settings.unevenness(), seed + trial + i, 0);
      Growth growth = grow(from.candidate(), steps, division, new Draws(draws.trial(i)));
      generation.add(new Next(growth.to(), new Start.Inherit(from.number(), growth)));
    }
  }

  /** So many random morphisms, or fewer where the space ends. */
  private Growth grow(GrowingNetwork from, int count, Division division, Draws draws) {
    List<Morphism> steps = new ArrayList<>();
    GrowingNetwork network = from;
    while (steps.size() < count) {
      Optional<Morphism> step = space.morphism(network, draws);
      if (step.isEmpty()) {
        break;
      }
      steps.add(step.get());
      network = step.get().apply(network);
    }
    return new Growth(from, steps, division);
  }

  /** {@inheritDoc} The parent, and the best of its neighbours so far. */
  @Override
  public boolean mayContinue(long trial) {
    return is(parent, trial) || is(best, trial);
  }

  @Override
  public boolean inherits() {
    return true;
  }

  private static boolean is(Optional<Told> known, long trial) {
    return known.filter(each -> each.trial.number() == trial).isPresent();
  }

  @Override
  public void tell(Trial<GrowingNetwork> trial, Outcome outcome) {
    told++;
    double least = best.map(Told::score).orElse(Double.NEGATIVE_INFINITY);
    objective.score(outcome).stream()
        .filter(score -> score > least)
        .forEach(score -> best = Optional.of(new Told(trial, score)));
  }
}
