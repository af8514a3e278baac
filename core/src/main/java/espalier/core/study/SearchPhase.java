package espalier.core.study;

import espalier.core.data.SearchData;
import espalier.core.io.Json;
import espalier.core.io.Normalisation;
import espalier.core.random.Philox;
import espalier.core.space.CellBased;
import espalier.core.study.StudyListener.Phase;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.Supernet;
import espalier.kernels.spi.Backend;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds an architecture of a space; sees the search splits and nothing else. */
record SearchPhase<A>(CellBased<A> space, SearchMethod method, SearchData data, long seed) {

  private static final int PROBE_STEPS = 6;

  /** Share of the remaining time a search may plan with; the rest is for the final training. */
  private static final double PLANNED_SHARE = 0.4;

  /**
   * What was found.
   *
   * @param validAccuracy the supernet's own, where there is a supernet
   * @param steps search steps done
   * @param seconds spent searching
   */
  record Found<A>(A architecture, OptionalDouble validAccuracy, long steps, double seconds) {}

  Found<A> run(
      Backend backend, Optional<RunFolder> folder, Deadline deadline, StudyListener listener) {
    return switch (method) {
      case SearchMethod.Random random ->
          new Found<>(
              space.sample(Philox.of(seed, "random architecture")), OptionalDouble.empty(), 0, 0);
      case SearchMethod.Darts darts -> darts(darts, backend, folder, deadline, listener);
    };
  }

  private Found<A> darts(
      SearchMethod.Darts darts,
      Backend backend,
      Optional<RunFolder> folder,
      Deadline deadline,
      StudyListener listener) {
    PhaseLog log = new PhaseLog(folder, Phase.SEARCH, deadline);
    double before = log.secondsBefore();
    long steps =
        log.steps()
            .orElseGet(() -> {
              long fixed = steps(darts, backend, deadline);
              log.fix(darts.budget(), fixed);
              return fixed;
            });
    try (DifferentiableSearch<A> search = open(darts, backend)) {
      listener.begin(Phase.SEARCH, steps, search.stepsPerEpoch());
      Progress progress = new Progress(listener, log, deadline, supernet().tables(), steps);
      long done = settle(search.run(steps, log.checkpoint(), progress), steps, log, progress);
      return new Found<>(
          search.derive(),
          OptionalDouble.of(search.score().accuracy()),
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
    return new CellSupernet<>(space, data.train().classNames().size());
  }

  private long steps(SearchMethod.Darts darts, Backend backend, Deadline deadline) {
    if (!(darts.budget() instanceof Budget.Time)) {
      return Budget.steps(darts.budget(), data.train().size() / darts.settings().batchSize());
    }
    try (DifferentiableSearch<A> search = open(darts, backend)) {
      StepClock clock = new StepClock(deadline, PROBE_STEPS);
      search.run(
          PROBE_STEPS,
          Optional.empty(),
          new DifferentiableSearch.Listener() {
            @Override
            public void step(long step, long steps, double trainLoss, double validLoss) {
              clock.tick();
            }
          });
      return Math.max(1, (long) (deadline.remaining() * PLANNED_SHARE / clock.secondsPerStep()));
    }
  }

  private static long settle(
      DifferentiableSearch.Outcome outcome, long steps, PhaseLog log, Progress progress) {
    return switch (outcome) {
      case DifferentiableSearch.Outcome.Completed completed -> steps;
      case DifferentiableSearch.Outcome.Diverged diverged ->
          throw new RunStopped(
              RunStopped.Reason.DIVERGED,
              "search: a loss is no longer a number at step %d; a smaller learning rate may help"
                  .formatted(diverged.step() + 1));
      case DifferentiableSearch.Outcome.Cancelled cancelled -> {
        if (!progress.cutByDeadline) {
          throw new RunStopped(
              RunStopped.Reason.CANCELLED, "search: stopped at step " + cancelled.step());
        }
        if (log.cut().isEmpty()) {
          log.cut(cancelled.step());
        }
        yield cancelled.step();
      }
    };
  }

  /** Passes progress on, records epochs and watches the deadline. */
  private static final class Progress implements DifferentiableSearch.Listener {
    private final StudyListener listener;
    private final PhaseLog log;
    private final Deadline deadline;
    private final List<Supernet.Table> tables;
    private final long stop;
    private final boolean replaysCut;
    private long done;
    private boolean cutByDeadline;

    Progress(
        StudyListener listener,
        PhaseLog log,
        Deadline deadline,
        List<Supernet.Table> tables,
        long steps) {
      this.listener = listener;
      this.log = log;
      this.deadline = deadline;
      this.tables = tables;
      this.stop = log.cut().orElse(steps);
      this.replaysCut = log.cut().isPresent();
    }

    @Override
    public void start(long step) {
      done = step;
    }

    @Override
    public void step(long step, long steps, double trainLoss, double validLoss) {
      done = step;
      listener.step(Phase.SEARCH, step, steps, trainLoss, validLoss);
    }

    @Override
    public void epoch(DifferentiableSearch.Epoch epoch) {
      log.epoch(epoch.epoch(), figures(epoch));
      listener.searchEpoch(epoch, tables);
    }

    @Override
    public boolean isCancelled() {
      cutByDeadline = replaysCut ? done >= stop : deadline.hasPassed();
      return cutByDeadline || listener.isCancelled();
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
          .with("validAccuracy", Json.of(epoch.valid().accuracy()))
          .with("weights", Json.object(weights));
    }
  }
}
