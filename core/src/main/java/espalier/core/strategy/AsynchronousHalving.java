package espalier.core.strategy;

import espalier.core.search.Ask;
import espalier.core.search.Fidelity;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
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

  private record Runner<A>(Trial<A> trial, double score) {}

  /** Who has finished so many units, the best first, and who of them has gone on. */
  private static final class Rung<A> {
    final int units;
    final List<Runner<A>> finished = new ArrayList<>();
    final Set<Long> gone = new HashSet<>();

    Rung(int units) {
      this.units = units;
    }

    /** The best of the best part that has not gone on; it goes now. */
    Optional<Trial<A>> next(int eta) {
      for (Runner<A> runner : finished.subList(0, finished.size() / eta)) {
        if (gone.add(runner.trial().number())) {
          return Optional.of(runner.trial());
        }
      }
      return Optional.empty();
    }
  }

  private final Objective objective;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final List<Rung<A>> rungs;

  /** Races candidates drawn uniformly. */
  public AsynchronousHalving(
      SearchSpace<A> space, Objective objective, Settings settings, long seed) {
    this.objective = objective;
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
        return new Ask.Propose<>(
            before.candidate(), fidelity(rung + 1), Start.Continue.of(before));
      }
    }
    return new Ask.Propose<>(design.at(trial), fidelity(0), new Start.Fresh());
  }

  private Fidelity fidelity(int rung) {
    return new Fidelity(rungs.get(rung).units, settings.resource());
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective
        .score(outcome)
        .ifPresent(score -> {
          for (Rung<A> rung : rungs) {
            if (rung.units == trial.fidelity().units()) {
              rung.finished.add(new Runner<>(trial, score));
              rung.finished.sort(
                  Comparator.<Runner<A>>comparingDouble(runner -> -runner.score())
                      .thenComparingLong(runner -> runner.trial().number()));
            }
          }
        });
  }
}
