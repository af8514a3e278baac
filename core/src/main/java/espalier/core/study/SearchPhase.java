package espalier.core.study;

import espalier.core.data.SearchData;
import espalier.core.io.Json;
import espalier.core.io.Normalisation;
import espalier.core.random.Philox;
import espalier.core.study.StudyListener.Phase;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.Supernet;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.kernels.spi.Backend;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds an architecture of a space; sees the search splits and nothing else. */
record SearchPhase<A>(Searchable<A> searchable, SearchMethod method, SearchData data, long seed) {

  /** Search steps timed before a wall-clock budget becomes a step count. */
  private static final int PROBE_STEPS = 6;

  /** Share of the remaining time a search may plan with; the rest is for the final training. */
  private static final double PLANNED_SHARE = 0.4;

  /**
   * What was found.
   *
   * @param legs of the training that told it from others
   * @param validAccuracy the supernet's own, or that of the trial that won
   * @param steps search steps done
   * @param seconds spent searching
   * @param front of several objectives, the best in the first one first
   */
  record Found<A>(
      A architecture,
      List<Searchable.Leg<A>> legs,
      OptionalDouble validAccuracy,
      long steps,
      double seconds,
      Optional<SearchFront> front) {
    /** What a search for one thing found. */
    Found(A architecture, OptionalDouble validAccuracy, long steps, double seconds) {
      this(
          architecture,
          List.of(new Searchable.Leg<>(1, architecture)),
          validAccuracy,
          steps,
          seconds,
          Optional.empty());
    }
  }

  Found<A> run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    return switch (method) {
      case SearchMethod.BlackBox trials ->
          new TrialPhase<>(searchable, trials, ImageData.of(data), seed)
              .run(backend, folder, deadline, listener);
      case SearchMethod.Draw _ ->
          new Found<>(
              searchable.space().sample(Philox.of(seed, "random architecture")),
              OptionalDouble.empty(),
              0,
              0);
      case SearchMethod.Darts darts -> darts(darts, backend, folder, deadline, listener);
    };
  }

  private Found<A> darts(
      SearchMethod.Darts darts,
      Backend backend,
      Optional<RunFolder> folder,
      Deadline deadline,
      StudyListener listener) {
    PhaseLog log = new PhaseLog(folder, Phase.SEARCH.label(), deadline);
    double before = log.secondsBefore();
    int stepsPerEpoch = data.train().size() / darts.settings().batchSize();
    long steps =
        log.steps(
            darts.budget(),
            stepsPerEpoch,
            () -> secondsPerStep(darts, backend, deadline),
            PLANNED_SHARE);
    listener.begin(Phase.SEARCH, steps, stepsPerEpoch);
    PhaseWatch watch = new PhaseWatch(Phase.SEARCH, listener, log, deadline);
    try (DifferentiableSearch<A> search = open(darts, backend)) {
      Progress progress = new Progress(listener, log, watch, supernet().tables());
      long done =
          switch (search.run(steps, log.checkpoint(), progress)) {
            case DifferentiableSearch.Outcome.Completed _ -> steps;
            case DifferentiableSearch.Outcome.Diverged(long step) -> throw watch.diverged(step);
            case DifferentiableSearch.Outcome.Cancelled(long step) -> watch.stopped(step);
          };
      return new Found<>(
          search.derive(),
          OptionalDouble.of(search.score().leadingValue()),
          done,
          before + log.seconds());
    }
  }

  private DifferentiableSearch<A> open(SearchMethod.Darts darts, Backend backend) {
    Normalisation normalisation = data.train().normalisation();
    return new DifferentiableSearch<>(
        backend, supernet(), darts.settings(), data, normalisation, seed);
  }

  private CellSupernet<A> supernet() {
    return new CellSupernet<>(searchable.cells().orElseThrow(), data.train().classNames().size());
  }

  /** Times a few steps of a search that is then thrown away. */
  private double secondsPerStep(SearchMethod.Darts darts, Backend backend, Deadline deadline) {
    StepClock clock = new StepClock(deadline, PROBE_STEPS);
    try (DifferentiableSearch<A> search = open(darts, backend)) {
      search.run(
          PROBE_STEPS,
          Optional.empty(),
          new DifferentiableSearch.Listener() {
            @Override
            public void step(long step, long steps, double trainLoss, double validLoss) {
              clock.tick();
            }
          });
    }
    return clock.secondsPerStep();
  }

  /** Passes progress on and records epochs. */
  private record Progress(
      StudyListener listener, PhaseLog log, PhaseWatch watch, List<Supernet.Table> tables)
      implements DifferentiableSearch.Listener {

    @Override
    public void start(long step) {
      watch.start(step);
    }

    @Override
    public void step(long step, long steps, double trainLoss, double validLoss) {
      watch.step(step, steps, trainLoss, validLoss);
    }

    @Override
    public void epoch(DifferentiableSearch.Epoch epoch) {
      log.epoch(epoch.epoch(), figures(epoch));
      listener.searchEpoch(epoch, tables);
    }

    @Override
    public boolean isCancelled() {
      return watch.isCancelled();
    }

    private static Json.Obj figures(DifferentiableSearch.Epoch epoch) {
      Map<String, Json> weights = new LinkedHashMap<>();
      epoch
          .weights()
          .forEach((table, rows) ->
              weights.put(table, Json.array(Arrays.stream(rows).map(Json::reals).toList())));
      return Json.object()
          .with("steps", Json.of(epoch.steps()))
          .with("trainLoss", Json.of(epoch.trainLoss()))
          .with("validLoss", Json.of(epoch.validLoss()))
          .with("validAccuracy", Json.of(epoch.valid().value(Metric.ACCURACY)))
          .with("weights", Json.object(weights));
    }
  }
}
