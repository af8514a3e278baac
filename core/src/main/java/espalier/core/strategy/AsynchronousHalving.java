package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Successive halving that waits for nobody, ASHA [Li, Jamieson, Rostamizadeh, Gonina, Ben-Tzur,
 * Hardt, Recht, Talwalkar 2020]: whoever is among the best of a rung goes on at once, the highest
 * rung first; if there is nobody, a new candidate begins.
 */
public final class AsynchronousHalving<A> implements Strategy<A> {

  /**
   * The rungs.
   *
   * @param least units of resource of the first
   * @param resource units of a full estimate
   * @param eta one of so many goes on, with so many times the units
   */
  public record Settings(int least, int resource, int eta) {
    public Settings {
      if (least < 1 || resource < least || eta < 2) {
        throw new IllegalArgumentException(
            "asha: from %d to %d units by %d, expected 1 or more, not fewer, and 2 or more"
                .formatted(least, resource, eta));
      }
    }

    List<Integer> units() {
      List<Integer> units = new ArrayList<>();
      for (long next = least; next < resource; next *= eta) {
        units.add((int) next);
      }
      units.add(resource);
      return units;
    }
  }

  /** Who has finished so many units, the best first, and who of them has gone on. */
  private static final class Rung<A> {
    final int units;
    List<Promotion.Runner<A>> finished = List.of();
    final Set<Long> gone = new HashSet<>();

    Rung(int units) {
      this.units = units;
    }

    void add(Promotion.Runner<A> runner) {
      List<Promotion.Runner<A>> all = new ArrayList<>(finished);
      all.add(runner);
      finished = Promotion.order(all);
    }

    /** The best of the best part that has not gone on; it goes now. */
    Optional<Trial<A>> next(int eta) {
      for (Promotion.Runner<A> runner : finished.subList(0, finished.size() / eta)) {
        if (gone.add(runner.trial().number())) {
          return Optional.of(runner.trial());
        }
      }
      return Optional.empty();
    }
  }

  private final Objectives objectives;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final List<Rung<A>> rungs;

  /** Races candidates drawn uniformly. */
  public AsynchronousHalving(
      SearchSpace<A> space, Objective objective, Settings settings, long seed) {
    this(space, Objectives.of(objective), settings, seed);
  }

  /** Races candidates drawn uniformly; those are best whom fewest dominate. */
  public AsynchronousHalving(
      SearchSpace<A> space, Objectives objectives, Settings settings, long seed) {
    this.objectives = objectives;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.rungs = settings.units().stream().map(units -> new Rung<A>(units)).toList();
  }

  @Override
  public Ask<A> ask(long trial) {
    for (int rung = rungs.size() - 2; rung >= 0; rung--) {
      Optional<Trial<A>> best = rungs.get(rung).next(settings.eta());
      if (best.isPresent()) {
        Trial<A> before = best.get();
        return new Ask.Propose<>(before.candidate(), fidelity(rung + 1), Start.Continue.of(before));
      }
    }
    return new Ask.Propose<>(design.at(trial), fidelity(0), new Start.Fresh());
  }

  /** {@inheritDoc} All but those that have gone on or are at the top: one of many may yet go on. */
  @Override
  public boolean mayContinue(long trial) {
    return rungs.subList(0, rungs.size() - 1).stream()
        .filter(rung -> !rung.gone.contains(trial))
        .flatMap(rung -> rung.finished.stream())
        .anyMatch(runner -> runner.trial().number() == trial);
  }

  private Fidelity fidelity(int rung) {
    return new Fidelity(rungs.get(rung).units, settings.resource());
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    if (outcome instanceof Outcome.Measured(Metrics metrics)) {
      for (Rung<A> rung : rungs) {
        if (rung.units == trial.fidelity().units()) {
          rung.add(new Promotion.Runner<>(trial, objectives.scores(metrics)));
        }
      }
    }
  }
}
