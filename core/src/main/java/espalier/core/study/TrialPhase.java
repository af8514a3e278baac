package espalier.core.study;

import espalier.core.estimate.LeastCost;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.io.Json;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Fidelity;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Recorded;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.search.TrialListener;
import espalier.core.space.CellBased;
import espalier.core.space.Neighbourly;
import espalier.core.strategy.Strategies;
import espalier.core.study.StudyListener.Phase;
import espalier.core.train.TaskData;
import espalier.core.train.TrainingListener;
import espalier.kernels.spi.Backend;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Has a strategy try candidates, each trained a little, and takes the best. A run that is resumed
 * goes the same way again from the outcomes in its journal.
 *
 * @param strategies those that the space can be searched with, by name
 * @param networks what is trained for a candidate, for so many outputs
 */
record TrialPhase<A>(
    Neighbourly<A> space,
    SequencedMap<String, Strategies.Opening<A>> strategies,
    BiFunction<A, Integer, Network> networks,
    SearchMethod.BlackBox method,
    TaskData data,
    long seed) {

  /** Candidates that are cells, each trained as its space's proxy. */
  static <A> TrialPhase<A> ofCells(
      CellBased<A> space, SearchMethod.BlackBox method, TaskData data, long seed) {
    return new TrialPhase<>(space, Strategies.ofCells(space), space::proxy, method, data, seed);
  }

  /** Training steps timed before a wall-clock budget becomes a number of trials. */
  private static final int PROBE_STEPS = 6;

  /** Share of the remaining time a search may plan with; the rest is for the final training. */
  private static final double PLANNED_SHARE = 0.6;

  SearchPhase.Found<A> run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    requireReachable();
    PhaseLog log = new PhaseLog(folder, Phase.SEARCH, deadline);
    double before = log.secondsBefore();
    int stepsPerEpoch = data.stepsPerEpoch(method.estimator().recipe().batchSize());
    long stepsPerTrial = (long) method.estimator().epochs() * stepsPerEpoch;
    long steps =
        log.steps(
            method.budget(), stepsPerEpoch, () -> secondsPerStep(backend, deadline), PLANNED_SHARE);
    long trials = Math.max(1, steps / stepsPerTrial);
    listener.begin(Phase.SEARCH, trials * stepsPerTrial, stepsPerEpoch);
    Watch watch = new Watch(listener, log, deadline, trials, stepsPerTrial);
    TrainingEstimator<A> estimator = estimator(backend).heardBy(watch);
    TrialRecord record = new TrialRecord(method.objectives());
    Map<Long, Outcome> recorded =
        log.trials().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> record.read(e.getValue())));
    History<A> history =
        new BlackBoxStudy<>(
                space,
                new Recorded<>(estimator, recorded),
                method.objectives(),
                BlackBoxStudy.Settings.cached(trials))
            .run(
                strategy(trials),
                1,
                new TrialListener<>() {
                  @Override
                  public void told(History.Entry<A> entry) {
                    String notation = space.print(entry.trial().candidate());
                    Json.Obj figures = record.write(notation, entry.outcome());
                    if (entry.isCharged()) {
                      log.trial(entry.trial().number(), figures);
                      watch.tried();
                      listener.trial(watch.trials(), trials, notation, entry.outcome());
                    }
                  }

                  @Override
                  public boolean isCancelled() {
                    return watch.isCancelled();
                  }
                });
    if (history.end() == History.End.CANCELLED) {
      watch.stopped();
    }
    return found(history, watch, before + log.seconds());
  }

  /** Refuses a limit that the smallest network misses: nothing would ever be trained. */
  void requireReachable() {
    int outputs = data.task().outputs();
    for (Objective objective : method.objectives().all()) {
      boolean isParameters = objective.metric().equals(TrainingEstimator.PARAMETERS);
      if (objective.limit().isPresent()
          && (isParameters || objective.metric().equals(TrainingEstimator.MACS))) {
        A any = space.sample(Philox.of(seed, "any architecture"));
        long least =
            LeastCost.of(
                space,
                any,
                candidate -> {
                  NetworkCounts counts =
                      NetworkCounts.declared(
                          networks.apply(candidate, outputs), data.task().input());
                  return isParameters ? counts.parameters() : counts.multiplyAccumulates();
                });
        if (!objective.admits((double) least)) {
          throw new RunStopped(
              RunStopped.Reason.NOTHING_FOUND,
              "search: no network of the space has fewer %s than %d, and the limit is %.0f; allow more"
                  .formatted(objective.metric(), least, objective.limit().getAsDouble()));
        }
      }
    }
  }

  private SearchPhase.Found<A> found(History<A> history, Watch watch, double seconds) {
    History.Entry<A> best =
        history
            .incumbent(method.objectives().primary())
            .orElseThrow(() ->
                new RunStopped(
                    RunStopped.Reason.NOTHING_FOUND,
                    "search: none of %d trials could be trained within the limits; allow more"
                        .formatted(history.entries().size())));
    OptionalDouble accuracy =
        ((Outcome.Measured) best.outcome())
            .metrics()
            .find(TrainingEstimator.valid(data.task().metrics().getFirst()));
    return new SearchPhase.Found<>(best.trial().candidate(), accuracy, watch.steps(), seconds);
  }

  private Strategy<A> strategy(long trials) {
    Strategies.Opening<A> opening = strategies.get(method.strategy());
    if (opening == null) {
      throw new IllegalArgumentException(
          "strategy: unknown '%s', expected one of %s"
              .formatted(method.strategy(), strategies.keySet()));
    }
    return opening.open(method.objectives().primary(), trials, seed);
  }

  private TrainingEstimator<A> estimator(Backend backend) {
    int outputs = data.task().outputs();
    return new TrainingEstimator<>(
        backend, candidate -> networks.apply(candidate, outputs), data, method.estimator(), seed);
  }

  /** Times a few training steps of any candidate. */
  private double secondsPerStep(Backend backend, Deadline deadline) {
    StepClock clock = new StepClock(deadline, PROBE_STEPS);
    A any = space.sample(Philox.of(seed, "probe"));
    estimator(backend)
        .heardBy(
            new TrainingListener() {
              private int steps;

              @Override
              public void step(long step, long all, double loss) {
                clock.tick();
                steps++;
              }

              @Override
              public boolean isCancelled() {
                return steps == PROBE_STEPS;
              }
            })
        .estimate(new Trial<>(0, any, Fidelity.whole(), new Start.Fresh()));
    return clock.secondsPerStep();
  }

  /** Counts the steps of all trials, and says when to stop. */
  private static final class Watch implements TrainingListener {
    private final PhaseWatch watch;
    private final long trials;
    private final long stepsPerTrial;
    private long tried;

    Watch(
        StudyListener listener, PhaseLog log, Deadline deadline, long trials, long stepsPerTrial) {
      this.watch = new PhaseWatch(Phase.SEARCH, listener, log, deadline);
      this.trials = trials;
      this.stepsPerTrial = stepsPerTrial;
      watch.start(0);
    }

    void tried() {
      tried++;
      watch.start(steps());
    }

    long trials() {
      return tried;
    }

    long steps() {
      return tried * stepsPerTrial;
    }

    void stopped() {
      watch.stopped(steps());
    }

    @Override
    public void step(long step, long all, double loss) {
      watch.step(steps() + step, trials * stepsPerTrial, loss);
    }

    @Override
    public boolean isCancelled() {
      return watch.isCancelled();
    }
  }
}
