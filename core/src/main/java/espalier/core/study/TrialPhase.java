package espalier.core.study;

import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrialTrainings;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Estimator;
import espalier.core.search.Fidelity;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Recorded;
import espalier.core.search.Repeats;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.search.TrialListener;
import espalier.core.strategy.Strategies;
import espalier.core.study.StudyListener.Phase;
import espalier.core.train.Recipe;
import espalier.core.train.TaskData;
import espalier.core.train.TrainingListener;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Has a strategy try candidates, each trained a little, and takes the best. A run that is resumed
 * goes the same way again from the outcomes in its journal.
 *
 * @param name what the journal calls this search
 * @param seed of every training
 * @param draws seed of the strategy
 */
record TrialPhase<A>(
    String name,
    Searchable<A> searchable,
    SearchMethod.BlackBox method,
    TaskData data,
    long seed,
    long draws) {

  /** Training steps timed before a wall-clock budget becomes a number of trials. */
  private static final int PROBE_STEPS = 6;

  private static final Set<String> SIZES =
      Set.of(
          TrainingEstimator.PARAMETERS,
          TrainingEstimator.MACS,
          TrainingEstimator.MODEL_BYTES,
          TrainingEstimator.PEAK_BYTES);

  /** Share of the remaining time a search may plan with; the rest is for the final training. */
  private static final double PLANNED_SHARE = 0.6;

  /** The only search of a run. */
  TrialPhase(Searchable<A> searchable, SearchMethod.BlackBox method, TaskData data, long seed) {
    this(Phase.SEARCH.label(), searchable, method, data, seed, seed);
  }

  SearchPhase.Found<A> run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    requireReachable();
    PhaseLog log = new PhaseLog(folder, name, deadline);
    double before = log.secondsBefore();
    int stepsPerEpoch = data.stepsPerEpoch(method.estimator().recipe().batchSize());
    long stepsPerTrial = (long) method.estimator().epochs() * stepsPerEpoch;
    long trials =
        method.budget() instanceof Budget.Trials(long count)
            ? count
            : Math.max(1, steps(backend, log, stepsPerEpoch, deadline) / stepsPerTrial);
    listener.begin(Phase.SEARCH, trials * stepsPerTrial, stepsPerEpoch);
    Watch watch = new Watch(listener, log, deadline, trials * stepsPerTrial);
    TrialTrainings trainings =
        folder.<TrialTrainings>map(StoredTrainings::new).orElseGet(TrialTrainings::inMemory);
    Strategy<A> strategy = strategy(trials);
    TrainingEstimator<A> fresh = estimator(backend).heardBy(watch);
    TrainingEstimator<A> estimator =
        strategy.inherits() ? fresh.bequeathing(trainings) : fresh.leavingTrainings(trainings);
    ToLongFunction<Trial<A>> cost =
        method.budget() instanceof Budget.Trials
            ? trial -> share(trial, stepsPerTrial)
            : estimator::wholeSteps;
    TrialRecord record = new TrialRecord(method.objectives());
    Map<Long, Outcome> recorded =
        log.trials().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> record.read(e.getValue())));
    Set<Long> left = new TreeSet<>();
    History<A> history =
        new BlackBoxStudy<>(
                searchable.space(),
                new Watched<>(new Recorded<>(estimator, recorded), cost, watch),
                method.objectives(),
                BlackBoxStudy.Settings.ofCost(
                    trials * stepsPerTrial, strategy.inherits() ? Repeats.CHARGED : Repeats.CACHED))
            .run(
                strategy,
                1,
                new TrialListener<>() {
                  @Override
                  public void told(History.Entry<A> entry) {
                    if (watch.isInterrupted()) {
                      return; // What was left in its middle is tried again when the run goes on.
                    }
                    Trial<A> trial = entry.trial();
                    String notation = searchable.space().print(trial.candidate());
                    if (entry.isCharged()) {
                      log.trial(trial.number(), record.write(notation, trial, entry.outcome()));
                      watch.tried(cost.applyAsLong(trial));
                      listener.trial(
                          watch.trials(),
                          Math.max(watch.trials(), trials),
                          notation,
                          entry.outcome());
                    }
                    left.add(trial.number());
                    left.removeIf(number -> discarded(strategy, trainings, number));
                  }

                  @Override
                  public boolean isCancelled() {
                    return watch.isCancelled();
                  }
                });
    if (history.end() == History.End.CANCELLED) {
      watch.stopped();
    }
    left.forEach(trainings::discard);
    return found(history, watch, before + log.seconds());
  }

  /** Whether nothing to come can continue a trial; its training is then gone. */
  private static boolean discarded(Strategy<?> strategy, TrialTrainings trainings, long trial) {
    if (strategy.mayContinue(trial)) {
      return false;
    }
    trainings.discard(trial);
    return true;
  }

  private long steps(Backend backend, PhaseLog log, int stepsPerEpoch, Deadline deadline) {
    return log.steps(
        method.budget(), stepsPerEpoch, () -> secondsPerStep(backend, deadline), PLANNED_SHARE);
  }

  /** What a trial adds, as a share of the steps that stand for any trial in full. */
  private long share(Trial<A> trial, long whole) {
    boolean isContinued = method.estimator().reduction() == TrainingEstimator.Reduction.STEPS;
    double before =
        switch (trial.start()) {
          case Start.Continue(long _, Fidelity from, long _) when isContinued -> from.share();
          case Start.Adopt(long _, Fidelity from) when isContinued -> from.share();
          case Start.Continue _, Start.Adopt _, Start.Fresh _, Start.Inherit _ -> 0;
        };
    return Math.max(1, Math.round(whole * trial.fidelity().share()) - Math.round(whole * before));
  }

  /** An estimator whose trials are watched, and cost what is asked for them. */
  private record Watched<A>(Estimator<A> estimator, ToLongFunction<Trial<A>> price, Watch watch)
      implements Estimator<A> {
    @Override
    public Outcome estimate(Trial<A> trial) {
      watch.trying(cost(trial));
      return estimator.estimate(trial);
    }

    @Override
    public Metrics known(A candidate) {
      return estimator.known(candidate);
    }

    @Override
    public Optional<Range> range(String metric) {
      return estimator.range(metric);
    }

    @Override
    public boolean isStationary() {
      return estimator.isStationary();
    }

    @Override
    public long cost(Trial<A> trial) {
      return price.applyAsLong(trial);
    }
  }

  /** Refuses a limit that the smallest network misses: nothing would ever be trained. */
  void requireReachable() {
    A any = searchable.space().sample(Philox.of(seed, "any architecture"));
    for (Objective objective : method.objectives().all()) {
      if (objective.limit().isEmpty() || !SIZES.contains(objective.metric())) {
        continue;
      }
      long least = searchable.cheapest(any, candidate -> least(objective.metric(), candidate));
      if (!objective.admits((double) least)) {
        throw new RunStopped(
            RunStopped.Reason.NOTHING_FOUND,
            "search: no network of the space has fewer %s than %d, and the limit is %.0f; allow more"
                .formatted(objective.metric(), least, objective.limit().getAsDouble()));
      }
    }
  }

  /**
   * The size of a candidate, or less: of the memory of a training what a model holds, as the rest
   * of it is no sum over decisions.
   */
  private long least(String metric, A candidate) {
    Network network = searchable.proxy(candidate, data.task().outputs());
    FeedSpec input = data.task().input();
    return switch (metric) {
      case TrainingEstimator.PARAMETERS -> NetworkCounts.declared(network, input).parameters();
      case TrainingEstimator.MACS -> NetworkCounts.declared(network, input).multiplyAccumulates();
      case TrainingEstimator.MODEL_BYTES, TrainingEstimator.PEAK_BYTES ->
          NetworkCounts.modelBytes(network, input);
      default -> throw new IllegalArgumentException("search: %s is no size".formatted(metric));
    };
  }

  private SearchPhase.Found<A> found(History<A> history, Watch watch, double seconds) {
    boolean isOfSeveral = method.goals() > 1;
    List<History.Entry<A>> front =
        isOfSeveral ? SearchFront.entries(history, method.sought()) : List.of();
    History.Entry<A> best =
        (isOfSeveral
                ? front.stream().findFirst()
                : history.bestOfMostThorough(method.objectives().primary()))
            .orElseThrow(() ->
                new RunStopped(
                    RunStopped.Reason.NOTHING_FOUND,
                    "search: none of %d trials could be trained within the limits; allow more"
                        .formatted(history.entries().size())));
    OptionalDouble accuracy =
        ((Outcome.Measured) best.outcome())
            .metrics()
            .find(TrainingEstimator.valid(data.task().metrics().getFirst()));
    return new SearchPhase.Found<>(
        best.trial().candidate(),
        legs(history, best.trial()),
        accuracy,
        watch.steps(),
        seconds,
        isOfSeveral
            ? Optional.of(SearchFront.of(front, method.sought(), searchable.space()::print))
            : Optional.empty());
  }

  /** As whom a trial was trained, back to the one that began from nothing. */
  private static <A> List<Searchable.Leg<A>> legs(History<A> history, Trial<A> last) {
    Map<Long, Trial<A>> trials =
        history.entries().stream()
            .map(History.Entry::trial)
            .collect(Collectors.toMap(Trial::number, trial -> trial));
    List<Searchable.Leg<A>> legs = new ArrayList<>();
    Trial<A> trial = last;
    legs.add(new Searchable.Leg<>(1, trial.candidate()));
    while (trial.start() instanceof Start.Adopt(long before, Fidelity from)) {
      trial = Objects.requireNonNull(trials.get(before));
      legs.addFirst(new Searchable.Leg<>(from.share(), trial.candidate()));
    }
    return legs;
  }

  private Strategy<A> strategy(long trials) {
    Strategies.Opening<A> opening = Strategies.named(searchable.strategies(), method.strategy());
    if (method.goals() > 1) {
      Strategies.ParetoOpening<A> all = searchable.several().get(method.strategy());
      if (all == null) {
        throw new IllegalArgumentException(
            "strategy: '%s' follows one objective, expected one of %s for %d objectives"
                .formatted(method.strategy(), searchable.several().keySet(), method.goals()));
      }
      return all.open(method.sought(), draws);
    }
    return opening.open(method.objectives().primary(), trials, draws);
  }

  private TrainingEstimator<A> estimator(Backend backend) {
    int outputs = data.task().outputs();
    return new TrainingEstimator<A>(
            backend,
            candidate -> searchable.proxy(candidate, outputs),
            data,
            method.estimator(),
            seed)
        .trainedBy(candidate -> searchable.recipe(candidate, method.estimator().recipe()));
  }

  /** Times a few training steps of any candidate: what a step of the common recipe takes. */
  private double secondsPerStep(Backend backend, Deadline deadline) {
    StepClock clock = new StepClock(deadline, PROBE_STEPS);
    A any = searchable.space().sample(Philox.of(seed, "probe"));
    Recipe common = method.estimator().recipe();
    double steps = data.stepsPerEpoch(searchable.recipe(any, common).batchSize());
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
    return clock.secondsPerStep() * steps / data.stepsPerEpoch(common.batchSize());
  }

  /** Counts the steps that all trials cost, and says when to stop. */
  private static final class Watch implements TrainingListener {
    private final PhaseWatch watch;
    private final long steps;
    private long current;
    private long tried;
    private long done;

    Watch(StudyListener listener, PhaseLog log, Deadline deadline, long steps) {
      this.watch = new PhaseWatch(Phase.SEARCH, listener, log, deadline);
      this.steps = steps;
      watch.start(0);
    }

    /** A trial that costs so many steps begins. */
    void trying(long cost) {
      current = cost;
    }

    void tried(long added) {
      tried++;
      done += added;
      watch.start(done);
    }

    long trials() {
      return tried;
    }

    long steps() {
      return done;
    }

    /** Whether a trial was left in its middle, which says nothing of its candidate. */
    boolean isInterrupted() {
      return watch.isInterrupted();
    }

    void stopped() {
      watch.stopped(done);
    }

    @Override
    public void step(long step, long all, double loss) {
      watch.step(done + current * step / all, steps, loss);
    }

    @Override
    public boolean isCancelled() {
      return watch.isCancelled();
    }
  }
}
