package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hyperband whose candidates come from densities of good and bad trials [Falkner, Klein, Hutter
 * 2018]: of some drawn near good ones, the one whose density among the good is largest compared
 * with that among the bad. The densities are of the highest fidelity that has trials enough.
 */
public final class Bohb<A> implements Strategy<A> {

  /**
   * How much is modelled.
   *
   * @param random share of candidates drawn uniformly
   * @param drawn how many near good ones are compared
   * @param good share of trials that are good
   * @param bandwidth least bandwidth of a kernel
   */
  public record Settings(double random, int drawn, double good, double bandwidth) {
    public Settings {
      if (!(random >= 0)
          || random > 1
          || drawn < 1
          || !(good > 0)
          || good >= 1
          || !(bandwidth > 0)
          || bandwidth > 1) {
        throw new IllegalArgumentException(
            "bohb: random %s, drawn %d, good %s and bandwidth %s, expected shares and 1 or more"
                .formatted(random, drawn, good, bandwidth));
      }
    }

    /** Those of its authors. */
    public static Settings standard() {
      return new Settings(1.0 / 3, 64, 0.15, 1e-3);
    }

    /** Those of the comparison on NATS-Bench [Dong, Liu, Musial, Gabrys 2021]. */
    public static Settings natsBench() {
      return new Settings(0, 4, 0.15, 0.3);
    }
  }

  private final Hyperband<A> race;

  /** Races the brackets in turn, those of {@link Bracket#bohb} as published. */
  public Bohb(
      Categorical<A> space,
      Objective objective,
      List<Bracket> brackets,
      Settings settings,
      long seed) {
    race =
        new Hyperband<>(
            Objectives.of(objective), brackets, new Model<>(space, objective, settings, seed));
  }

  @Override
  public Ask<A> ask(long trial) {
    return race.ask(trial);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    race.tell(trial, outcome);
  }

  @Override
  public boolean mayContinue(long trial) {
    return race.mayContinue(trial);
  }

  private record Densities(CategoricalKernels good, CategoricalKernels bad) {}

  private static final class Model<A> implements Hyperband.Proposals<A> {
    private final Categorical<A> space;
    private final Objective objective;
    private final Settings settings;
    private final List<Integer> options;
    private final InitialDesign<A> design;
    private final Philox random;

    /** By fidelity. */
    private final TreeMap<Double, BestFirst<Row>> told = new TreeMap<>();

    Model(Categorical<A> space, Objective objective, Settings settings, long seed) {
      this.space = space;
      this.objective = objective;
      this.settings = settings;
      this.options = space.options();
      this.design = InitialDesign.of(space, seed);
      this.random = Philox.of(seed, "bohb");
    }

    @Override
    public A propose(long trial) {
      Philox draws = random.trial(trial);
      Optional<Densities> densities =
          draws.uniformDouble(0) < settings.random() ? Optional.empty() : densities();
      return densities.map(model -> likeliest(model, draws)).orElseGet(() -> design.at(trial));
    }

    private A likeliest(Densities densities, Philox draws) {
      Row best = Row.ofChoices(space, densities.good().near(draws.trial(0)));
      double most = ratio(densities, best);
      for (int i = 1; i < settings.drawn(); i++) {
        Row row = Row.ofChoices(space, densities.good().near(draws.trial(i)));
        double ratio = ratio(densities, row);
        if (ratio > most) {
          most = ratio;
          best = row;
        }
      }
      return space.ofChoices(best.choices());
    }

    private static double ratio(Densities densities, Row row) {
      return densities.good().density(row) / densities.bad().density(row);
    }

    /** Of the highest fidelity at which good and bad trials are more than decisions. */
    private Optional<Densities> densities() {
      int least = options.size() + 1;
      for (BestFirst<Row> trials : told.descendingMap().values()) {
        int good = Math.max(least, (int) (settings.good() * trials.size()));
        if (trials.size() >= good + least) {
          List<Row> rows = trials.values();
          return Optional.of(
              new Densities(
                  new CategoricalKernels(rows.subList(0, good), options, settings.bandwidth()),
                  new CategoricalKernels(
                      rows.subList(good, rows.size()), options, settings.bandwidth())));
        }
      }
      return Optional.empty();
    }

    @Override
    public void learn(Trial<A> trial, Outcome outcome) {
      objective
          .score(outcome)
          .ifPresent(score ->
              told.computeIfAbsent(trial.fidelity().share(), share -> new BestFirst<>())
                  .add(Row.of(space, trial.candidate()), score));
    }
  }
}
