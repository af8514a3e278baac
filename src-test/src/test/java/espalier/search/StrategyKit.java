package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.Fidelity;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Recorded;
import espalier.core.search.Repeats;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.search.TrialListener;
import espalier.core.space.CandidateSpace;
import espalier.core.space.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/**
 * The checks a strategy must pass; each throws an assertion error that says what it found.
 *
 * @param <A> a candidate
 */
public final class StrategyKit<A> {
  private static final int SIDE_BY_SIDE = 4;

  /**
   * What strategies are tried on.
   *
   * @param estimator it knows the size of a candidate without a trial, and its range
   * @param objective to be maximised
   * @param worth what the estimator finds of a candidate at most
   * @param size to be small; one that some candidates meet is the limit, and -1 is met by none
   * @param trials of a search
   */
  public record Ground<A>(
      CandidateSpace<A> space,
      Estimator<A> estimator,
      Objective objective,
      ToDoubleFunction<A> worth,
      Objective size,
      double most,
      int trials) {}

  private final Ground<A> ground;
  private final Objectives objectives;
  private final int trials;

  /** The checks on some ground. */
  public StrategyKit(Ground<A> ground) {
    this.ground = ground;
    this.objectives = Objectives.of(ground.objective());
    this.trials = ground.trials();
  }

  /** The checks on made-up accuracies of small cells. */
  public static StrategyKit<Cell> onCells() {
    return new StrategyKit<>(
        new Ground<>(
            Landscape.SPACE,
            new Landscape(),
            Landscape.ACCURACY,
            Landscape::accuracy,
            Landscape.PARAMETERS,
            12,
            120));
  }

  /**
   * An opening whose every proposal, after the first, is a mutant of the one before.
   *
   * @param odds how often each edge is the one that changes
   */
  public record Walk(Opening opening, double... odds) {}

  private BlackBoxStudy<A> study(Estimator<A> estimator, Settings settings) {
    return new BlackBoxStudy<>(ground.space(), estimator, objectives, settings);
  }

  private History<A> run(OpeningOn<A> opening, long seed) {
    return study(ground.estimator(), Settings.charged(trials)).run(opening.open(trials, seed));
  }

  public void replaysFromItsSeed(OpeningOn<A> opening) {
    assertThat(run(opening, 3)).isEqualTo(run(opening, 3));
  }

  public void anotherSeedIsAnotherSearch(OpeningOn<A> opening) {
    assertThat(run(opening, 3)).isNotEqualTo(run(opening, 4));
  }

  public void spendsItsBudgetExactly(OpeningOn<A> opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      for (Repeats repeats : Repeats.values()) {
        Settings settings = new Settings(trials, repeats, workers);
        History<A> history = study(ground.estimator(), settings).run(opening.open(trials, 1));
        if (history.end() == History.End.SPENT) {
          assertThat(history.charged()).hasSize(trials);
        } else {
          assertThat(history.end()).isIn(History.End.DONE, History.End.EXHAUSTED);
          assertThat(history.charged()).hasSizeLessThan(trials);
        }
      }
    }
  }

  /** Estimates take their time here, in another order than on the virtual clock. */
  public void anyNumberOfRealWorkersComesToTheSameEnd(OpeningOn<A> opening) {
    Philox naps = Philox.of(1, "naps");
    Estimator<A> slow =
        new Relay<A>(ground) {
          @Override
          public Outcome estimate(Trial<A> trial) {
            LockSupport.parkNanos(naps.below(trial.number(), 300_000));
            return super.estimate(trial);
          }
        };
    BlackBoxStudy<A> study = study(slow, Settings.charged(trials).withVirtualWorkers(SIDE_BY_SIDE));
    History<A> alone = study.run(opening.open(trials, 1), 1, TrialListener.none());
    for (int workers : new int[] {2, 8}) {
      assertThat(study.run(opening.open(trials, 1), workers, TrialListener.none()))
          .isEqualTo(alone);
    }
  }

  public void survivesFailuresAndNumbersThatAreNone(OpeningOn<A> opening) {
    Estimator<A> brittle =
        new Relay<A>(ground) {
          @Override
          public Outcome estimate(Trial<A> trial) {
            return switch ((int) (trial.number() % 6)) {
              case 1 -> new Outcome.Failed("no memory");
              case 2 -> new Outcome.Measured(Metrics.of(ground.objective().metric(), Double.NaN));
              case 3 -> new Outcome.Pruned(Metrics.none());
              case 4 -> throw new IllegalStateException("broken");
              default -> super.estimate(trial);
            };
          }
        };
    Estimator<A> broken = trial -> new Outcome.Failed("always");
    for (Estimator<A> estimator : List.of(brittle, broken)) {
      History<A> history = study(estimator, Settings.charged(trials)).run(opening.open(trials, 1));
      assertThat(history.charged()).hasSize(trials);
      assertThat(history.entries())
          .filteredOn(entry -> entry.outcome() instanceof Outcome.Measured)
          .allMatch(
              entry -> Double.isFinite(ground.objective().score(entry.outcome()).orElseThrow()));
    }
  }

  private double size(A candidate) {
    return ground.estimator().known(candidate).find(ground.size().metric()).orElseThrow();
  }

  public void trainsNothingThatALimitExcludes(OpeningOn<A> opening) {
    List<A> trained = new ArrayList<>();
    Estimator<A> watched =
        new Relay<A>(ground) {
          @Override
          public Outcome estimate(Trial<A> trial) {
            trained.add(trial.candidate());
            return super.estimate(trial);
          }
        };
    Objectives small = Objectives.of(ground.objective(), ground.size().within(ground.most()));
    History<A> history =
        new BlackBoxStudy<>(ground.space(), watched, small, Settings.charged(trials))
            .run(opening.open(trials, 1));
    assertThat(trained).isNotEmpty().allMatch(each -> size(each) <= ground.most());
    assertThat(history.charged()).hasSameSizeAs(trained);
  }

  /** Whether the estimator knows its range or not. */
  public void aLimitThatNothingMeetsEndsTheSearch(OpeningOn<A> opening) {
    Objective impossible = ground.size().within(-1);
    Objectives objectives = Objectives.of(ground.objective(), impossible);
    Estimator<A> ignorant =
        new Relay<A>(ground) {
          @Override
          public Optional<Range> range(String metric) {
            return Optional.empty();
          }
        };
    Settings settings = Settings.charged(trials);
    History<A> proved =
        Assertions.assertTimeout(
            Duration.ofSeconds(1),
            () ->
                new BlackBoxStudy<>(ground.space(), ground.estimator(), objectives, settings)
                    .run(opening.open(trials, 1)));
    assertThat(proved.end()).isEqualTo(History.End.INFEASIBLE);
    assertThat(proved.entries()).isEmpty();
    History<A> noticed =
        new BlackBoxStudy<>(ground.space(), ignorant, objectives, settings)
            .run(opening.open(trials, 1));
    assertThat(noticed.end()).isIn(History.End.EXHAUSTED, History.End.DONE);
    assertThat(noticed.charged()).isEmpty();
  }

  /** A training is thrown away as soon as nothing may continue it. */
  public void continuesOnlyWhatItSaidItMay(OpeningOn<A> opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      Set<Long> kept = new TreeSet<>();
      Strategy<A> strategy = opening.open(trials, 1);
      Strategy<A> watched =
          new Strategy<>() {
            @Override
            public Ask<A> ask(long trial) {
              Ask<A> ask = strategy.ask(trial);
              if (ask instanceof Ask.Propose<A>(_, Fidelity fidelity, Start start)
                  && start instanceof Start.Continue before) {
                assertThat(kept).contains(before.trial());
                assertThat(before.from().share()).isLessThan(fidelity.share());
              }
              if (ask instanceof Ask.Propose<A>(_, Fidelity fidelity, Start start)
                  && start instanceof Start.Adopt before) {
                assertThat(kept).contains(before.trial());
                assertThat(before.from().share()).isLessThan(fidelity.share());
              }
              if (ask instanceof Ask.Propose<A>(_, _, Start start)
                  && start instanceof Start.Inherit heir) {
                assertThat(kept).contains(heir.trial());
              }
              return ask;
            }

            @Override
            public void tell(Trial<A> trial, Outcome outcome) {
              strategy.tell(trial, outcome);
              kept.add(trial.number());
              kept.removeIf(number -> !strategy.mayContinue(number));
            }
          };
      study(ground.estimator(), Settings.charged(trials).withVirtualWorkers(workers)).run(watched);
    }
  }

  public void everyOptionChangesBehaviour(
      OpeningOn<A> opening, Map<String, ? extends OpeningOn<A>> options) {
    History<A> standard = run(opening, 1);
    options.forEach(
        (option, changed) -> assertThat(run(changed, 1)).as(option).isNotEqualTo(standard));
  }

  /** Stopped after any outcome, a search goes on to the end it would have had. */
  public void resumesExactly(OpeningOn<A> opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      Settings settings = Settings.charged(trials).withVirtualWorkers(workers);
      History<A> whole = study(ground.estimator(), settings).run(opening.open(trials, 2));
      for (int stop : new int[] {1, trials / 3, trials - 1}) {
        List<History.Entry<A>> kept = new ArrayList<>();
        History<A> stopped =
            study(ground.estimator(), settings)
                .run(opening.open(trials, 2), workers, new Journal<>(kept, stop));
        assertThat(stopped.end()).isEqualTo(History.End.CANCELLED);
        assertThat(stopped.entries()).isEqualTo(kept).isEqualTo(whole.entries().subList(0, stop));
        Estimator<A> remembering = Recorded.of(new OnlyNew<>(ground, kept), kept);
        assertThat(study(remembering, settings).run(opening.open(trials, 2))).isEqualTo(whole);
      }
    }
  }

  /** Keeps what is told, and stops the search after so many outcomes. */
  private record Journal<A>(List<History.Entry<A>> kept, int stop) implements TrialListener<A> {
    @Override
    public void told(History.Entry<A> entry) {
      kept.add(entry);
    }

    @Override
    public boolean isCancelled() {
      return kept.size() == stop;
    }
  }

  /** The ground for trials that were not kept. */
  private static final class OnlyNew<A> extends Relay<A> {
    private final Set<Long> kept;

    OnlyNew(Ground<A> ground, List<History.Entry<A>> entries) {
      super(ground);
      kept = entries.stream().map(entry -> entry.trial().number()).collect(Collectors.toSet());
    }

    @Override
    public Outcome estimate(Trial<A> trial) {
      assertThat(kept).doesNotContain(trial.number());
      return super.estimate(trial);
    }
  }

  /** The mean worth of the last quarter of the trials, over seeds. */
  public double lateAccuracy(OpeningOn<A> opening) {
    int seeds = 40;
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      List<History.Entry<A>> late = run(opening, seed).entries().subList(3 * trials / 4, trials);
      sum +=
          late.stream()
              .mapToDouble(e -> ground.worth().applyAsDouble(e.trial().candidate()))
              .average()
              .orElseThrow();
    }
    return sum / seeds;
  }

  public void lateTrialsAreAsGoodAsLearningMakesThem(OpeningOn<A> opening, double floor) {
    assertThat(lateAccuracy(opening)).isGreaterThan(floor);
  }

  public static void mutantsChangeEachEdgeAsOftenAsDefined(Walk walk) {
    int steps = 6_000;
    History<Cell> history =
        new BlackBoxStudy<>(
                Landscape.SPACE,
                new Landscape(),
                Objectives.of(Landscape.ACCURACY),
                Settings.charged(steps))
            .run(walk.opening().open(steps, 1));
    int[] changes = new int[walk.odds().length];
    int[][] options = new int[changes.length][5];
    for (int step = 1; step < steps; step++) {
      int[] before = Landscape.SPACE.choices(history.entries().get(step - 1).trial().candidate());
      int[] after = Landscape.SPACE.choices(history.entries().get(step).trial().candidate());
      int changed = 0;
      for (int edge = 0; edge < after.length; edge++) {
        if (before[edge] != after[edge]) {
          changes[edge]++;
          options[edge][(after[edge] - before[edge] + 5) % 5]++;
          changed++;
        }
      }
      assertThat(changed).as("edges that a mutant changes").isEqualTo(1);
    }
    double chiSquare = 0;
    for (int edge = 0; edge < changes.length; edge++) {
      double expected = walk.odds()[edge] * (steps - 1);
      chiSquare += (changes[edge] - expected) * (changes[edge] - expected) / expected;
      for (int shift = 1; shift < 5; shift++) {
        double alike = changes[edge] / 4.0;
        chiSquare += (options[edge][shift] - alike) * (options[edge][shift] - alike) / alike;
      }
    }
    // 5 degrees of freedom of the edges, 3 of the options on each: mean 23, deviation √46.
    assertThat(chiSquare).isLessThan(23 + 4 * Math.sqrt(46));
  }

  /** The estimator of the ground with something changed. */
  private abstract static class Relay<A> implements Estimator<A> {
    private final Estimator<A> known;

    Relay(Ground<A> ground) {
      this.known = ground.estimator();
    }

    @Override
    public Outcome estimate(Trial<A> trial) {
      return known.estimate(trial);
    }

    @Override
    public Metrics known(A candidate) {
      return known.known(candidate);
    }

    @Override
    public Optional<Range> range(String metric) {
      return known.range(metric);
    }

    @Override
    public long cost(Trial<A> trial) {
      return known.cost(trial);
    }
  }
}
