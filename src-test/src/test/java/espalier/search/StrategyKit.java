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
import espalier.core.space.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/** The checks a strategy must pass; each throws an assertion error that says what it found. */
final class StrategyKit {
  private static final int TRIALS = 120;
  private static final int SIDE_BY_SIDE = 4;
  private static final Objectives ACCURACY = Objectives.of(Landscape.ACCURACY);

  private StrategyKit() {}

  /**
   * An opening whose every proposal, after the first, is a mutant of the one before.
   *
   * @param odds how often each edge is the one that changes
   */
  record Walk(Opening opening, double... odds) {}

  private static BlackBoxStudy<Cell> study(Estimator<Cell> estimator, Settings settings) {
    return new BlackBoxStudy<>(Landscape.SPACE, estimator, ACCURACY, settings);
  }

  private static History<Cell> run(Opening opening, long seed) {
    return study(new Landscape(), Settings.charged(TRIALS)).run(opening.open(TRIALS, seed));
  }

  static void replaysFromItsSeed(Opening opening) {
    assertThat(run(opening, 3)).isEqualTo(run(opening, 3));
  }

  static void anotherSeedIsAnotherSearch(Opening opening) {
    assertThat(run(opening, 3)).isNotEqualTo(run(opening, 4));
  }

  static void spendsItsBudgetExactly(Opening opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      for (Repeats repeats : Repeats.values()) {
        Settings settings = new Settings(TRIALS, repeats, workers);
        History<Cell> history = study(new Landscape(), settings).run(opening.open(TRIALS, 1));
        if (history.end() == History.End.SPENT) {
          assertThat(history.charged()).hasSize(TRIALS);
        } else {
          assertThat(history.end()).isIn(History.End.DONE, History.End.EXHAUSTED);
          assertThat(history.charged()).hasSizeLessThan(TRIALS);
        }
      }
    }
  }

  /** Estimates take their time here, in another order than on the virtual clock. */
  static void anyNumberOfRealWorkersComesToTheSameEnd(Opening opening) {
    Philox naps = Philox.of(1, "naps");
    Landscape landscape = new Landscape();
    Estimator<Cell> slow =
        new Relay(landscape) {
          @Override
          public Outcome estimate(Trial<Cell> trial) {
            LockSupport.parkNanos(naps.below(trial.number(), 300_000));
            return landscape.estimate(trial);
          }
        };
    BlackBoxStudy<Cell> study =
        study(slow, Settings.charged(TRIALS).withVirtualWorkers(SIDE_BY_SIDE));
    History<Cell> alone = study.run(opening.open(TRIALS, 1), 1, TrialListener.none());
    for (int workers : new int[] {2, 8}) {
      assertThat(study.run(opening.open(TRIALS, 1), workers, TrialListener.none()))
          .isEqualTo(alone);
    }
  }

  static void survivesFailuresAndNumbersThatAreNone(Opening opening) {
    Landscape landscape = new Landscape();
    Estimator<Cell> brittle =
        new Relay(landscape) {
          @Override
          public Outcome estimate(Trial<Cell> trial) {
            return switch ((int) (trial.number() % 6)) {
              case 1 -> new Outcome.Failed("no memory");
              case 2 -> new Outcome.Measured(Metrics.of("accuracy", Double.NaN));
              case 3 -> new Outcome.Pruned(Metrics.none());
              case 4 -> throw new IllegalStateException("broken");
              default -> landscape.estimate(trial);
            };
          }
        };
    Estimator<Cell> broken = trial -> new Outcome.Failed("always");
    for (Estimator<Cell> estimator : List.of(brittle, broken)) {
      History<Cell> history =
          study(estimator, Settings.charged(TRIALS)).run(opening.open(TRIALS, 1));
      assertThat(history.charged()).hasSize(TRIALS);
      assertThat(history.entries())
          .filteredOn(entry -> entry.outcome() instanceof Outcome.Measured)
          .allMatch(
              entry -> Double.isFinite(Landscape.ACCURACY.score(entry.outcome()).orElseThrow()));
    }
  }

  static void trainsNothingThatALimitExcludes(Opening opening) {
    double most = 12;
    Landscape landscape = new Landscape();
    List<Cell> trained = new ArrayList<>();
    Estimator<Cell> watched =
        new Relay(landscape) {
          @Override
          public Outcome estimate(Trial<Cell> trial) {
            trained.add(trial.candidate());
            return landscape.estimate(trial);
          }
        };
    Objectives small = Objectives.of(Landscape.ACCURACY, Landscape.PARAMETERS.within(most));
    History<Cell> history =
        new BlackBoxStudy<>(Landscape.SPACE, watched, small, Settings.charged(TRIALS))
            .run(opening.open(TRIALS, 1));
    assertThat(trained).isNotEmpty().allMatch(cell -> Landscape.parameters(cell) <= most);
    assertThat(history.charged()).hasSameSizeAs(trained);
  }

  /** Whether the landscape knows its range or not. */
  static void aLimitThatNothingMeetsEndsTheSearch(Opening opening) {
    Objective impossible = Landscape.PARAMETERS.within(-1);
    Objectives objectives = Objectives.of(Landscape.ACCURACY, impossible);
    Estimator<Cell> ignorant =
        new Relay(new Landscape()) {
          @Override
          public Optional<Range> range(String metric) {
            return Optional.empty();
          }
        };
    Settings settings = Settings.charged(TRIALS);
    History<Cell> proved =
        Assertions.assertTimeout(
            Duration.ofSeconds(1),
            () ->
                new BlackBoxStudy<>(Landscape.SPACE, new Landscape(), objectives, settings)
                    .run(opening.open(TRIALS, 1)));
    assertThat(proved.end()).isEqualTo(History.End.INFEASIBLE);
    assertThat(proved.entries()).isEmpty();
    History<Cell> noticed =
        new BlackBoxStudy<>(Landscape.SPACE, ignorant, objectives, settings)
            .run(opening.open(TRIALS, 1));
    assertThat(noticed.end()).isIn(History.End.EXHAUSTED, History.End.DONE);
    assertThat(noticed.charged()).isEmpty();
  }

  /** A training is thrown away as soon as nothing may continue it. */
  static void continuesOnlyWhatItSaidItMay(Opening opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      Set<Long> kept = new TreeSet<>();
      Strategy<Cell> strategy = opening.open(TRIALS, 1);
      Strategy<Cell> watched =
          new Strategy<>() {
            @Override
            public Ask<Cell> ask(long trial) {
              Ask<Cell> ask = strategy.ask(trial);
              if (ask instanceof Ask.Propose<Cell>(_, Fidelity fidelity, Start start)
                  && start instanceof Start.Continue before) {
                assertThat(kept).contains(before.trial());
                assertThat(before.from().share()).isLessThan(fidelity.share());
              }
              return ask;
            }

            @Override
            public void tell(Trial<Cell> trial, Outcome outcome) {
              strategy.tell(trial, outcome);
              kept.add(trial.number());
              kept.removeIf(number -> !strategy.mayContinue(number));
            }
          };
      study(new Landscape(), Settings.charged(TRIALS).withVirtualWorkers(workers)).run(watched);
    }
  }

  static void everyOptionChangesBehaviour(Opening opening, Map<String, Opening> options) {
    History<Cell> standard = run(opening, 1);
    options.forEach(
        (option, changed) -> assertThat(run(changed, 1)).as(option).isNotEqualTo(standard));
  }

  /** Stopped after any outcome, a search goes on to the end it would have had. */
  static void resumesExactly(Opening opening) {
    for (int workers : new int[] {1, SIDE_BY_SIDE}) {
      Settings settings = Settings.charged(TRIALS).withVirtualWorkers(workers);
      History<Cell> whole = study(new Landscape(), settings).run(opening.open(TRIALS, 2));
      for (int stop : new int[] {1, TRIALS / 3, TRIALS - 1}) {
        List<History.Entry<Cell>> kept = new ArrayList<>();
        History<Cell> stopped =
            study(new Landscape(), settings)
                .run(opening.open(TRIALS, 2), workers, new Journal(kept, stop));
        assertThat(stopped.end()).isEqualTo(History.End.CANCELLED);
        assertThat(stopped.entries()).isEqualTo(kept).isEqualTo(whole.entries().subList(0, stop));
        Estimator<Cell> remembering = Recorded.of(new OnlyNew(kept), kept);
        assertThat(study(remembering, settings).run(opening.open(TRIALS, 2))).isEqualTo(whole);
      }
    }
  }

  /** Keeps what is told, and stops the search after so many outcomes. */
  private record Journal(List<History.Entry<Cell>> kept, int stop) implements TrialListener<Cell> {
    @Override
    public void told(History.Entry<Cell> entry) {
      kept.add(entry);
    }

    @Override
    public boolean isCancelled() {
      return kept.size() == stop;
    }
  }

  /** The landscape for trials that were not kept. */
  private static final class OnlyNew extends Relay {
    private final Set<Long> kept;

    OnlyNew(List<History.Entry<Cell>> entries) {
      super(new Landscape());
      kept = entries.stream().map(entry -> entry.trial().number()).collect(Collectors.toSet());
    }

    @Override
    public Outcome estimate(Trial<Cell> trial) {
      assertThat(kept).doesNotContain(trial.number());
      return super.estimate(trial);
    }
  }

  /** The mean accuracy of the last quarter of the trials, over seeds. */
  static double lateAccuracy(Opening opening) {
    int seeds = 40;
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      List<History.Entry<Cell>> late = run(opening, seed).entries().subList(3 * TRIALS / 4, TRIALS);
      sum +=
          late.stream()
              .mapToDouble(e -> Landscape.accuracy(e.trial().candidate()))
              .average()
              .orElseThrow();
    }
    return sum / seeds;
  }

  static void lateTrialsAreAsGoodAsLearningMakesThem(Opening opening, double floor) {
    assertThat(lateAccuracy(opening)).isGreaterThan(floor);
  }

  static void mutantsChangeEachEdgeAsOftenAsDefined(Walk walk) {
    int steps = 6_000;
    History<Cell> history =
        study(new Landscape(), Settings.charged(steps)).run(walk.opening().open(steps, 1));
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

  /** The landscape with something changed. */
  private abstract static class Relay implements Estimator<Cell> {
    private final Landscape landscape;

    Relay(Landscape landscape) {
      this.landscape = landscape;
    }

    @Override
    public Outcome estimate(Trial<Cell> trial) {
      return landscape.estimate(trial);
    }

    @Override
    public Metrics known(Cell candidate) {
      return landscape.known(candidate);
    }

    @Override
    public Optional<Range> range(String metric) {
      return landscape.range(metric);
    }

    @Override
    public long cost(Trial<Cell> trial) {
      return landscape.cost(trial);
    }
  }
}
