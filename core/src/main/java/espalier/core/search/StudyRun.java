package espalier.core.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.FutureTask;

/** A study under way. */
final class StudyRun<A> {
  /*
   * Virtual workers take trials as soon as they are free, each for the trial's planned cost; the
   * trial that ends first is told first, ties by number. Nothing here depends on when an estimate
   * is really done: real workers only have to be done before its turn comes.
   *
   * A trial whose outcome is known, by its limits or by an earlier trial, takes no worker and is
   * told at once. A repeat of a trial under way shares its estimate and ends right after it.
   */

  /** How many proposals in a row may tell nothing new. */
  static final int PATIENCE = 1 << 16;

  /** What isomorphic candidates share. */
  private record Key(String canonical, Fidelity fidelity) {}

  private record Running<A>(
      Trial<A> trial, FutureTask<Outcome> task, boolean isCharged, long finish) {}

  private final BlackBoxStudy<A> study;
  private final Strategy<A> strategy;
  private final Workers workers;
  private final TrialListener<A> listener;
  private final List<History.Entry<A>> entries = new ArrayList<>();
  private final PriorityQueue<Running<A>> running =
      new PriorityQueue<>(
          Comparator.<Running<A>>comparingLong(Running::finish)
              .thenComparingLong(entry -> entry.trial().number()));
  private final Map<Key, Running<A>> tried = new HashMap<>();
  private long proposed;
  private long charged;
  private long spent;
  private boolean isSpent;
  private long now;
  private int idle;

  StudyRun(
      BlackBoxStudy<A> study, Strategy<A> strategy, Workers workers, TrialListener<A> listener) {
    this.study = study;
    this.strategy = strategy;
    this.workers = workers;
    this.listener = listener;
  }

  History<A> run() {
    if (study.unreachable().isPresent()) {
      return new History<>(entries, History.End.INFEASIBLE);
    }
    Optional<History.End> end = Optional.empty();
    while (true) {
      if (end.isEmpty()) {
        end = fill();
      }
      Running<A> next = running.poll();
      if (next == null) {
        return new History<>(entries, end.orElseThrow(this::stuck));
      }
      if (listener.isCancelled()) {
        return new History<>(entries, History.End.CANCELLED);
      }
      now = next.finish();
      tell(next.trial(), workers.await(next.task()), next.isCharged());
    }
  }

  private IllegalStateException stuck() {
    return new IllegalStateException(
        "%s waits for an outcome, but no trial is under way"
            .formatted(strategy.getClass().getSimpleName()));
  }

  /** Gives work to every free virtual worker; answers why nothing more will come. */
  private Optional<History.End> fill() {
    while (running.size() < study.settings().virtualWorkers()) {
      if (isSpent || charged == study.settings().evaluations()) {
        return Optional.of(History.End.SPENT);
      }
      if (idle == PATIENCE) {
        return Optional.of(History.End.EXHAUSTED);
      }
      switch (strategy.ask(proposed)) {
        case Ask.Propose<A> proposal -> begin(proposal);
        case Ask.Wait<A> _ -> {
          return Optional.empty();
        }
        case Ask.Done<A> _ -> {
          return Optional.of(History.End.DONE);
        }
      }
    }
    return Optional.empty();
  }

  private void begin(Ask.Propose<A> proposal) {
    Trial<A> trial =
        new Trial<>(proposed++, proposal.candidate(), proposal.fidelity(), proposal.start());
    idle++;
    Optional<Outcome.Infeasible> violation =
        study.objectives().isLimited()
            ? study.objectives().violation(study.estimator().known(trial.candidate()))
            : Optional.empty();
    if (violation.isPresent()) {
      tell(trial, violation.get(), false);
    } else if (study.settings().repeats() == Repeats.CHARGED) {
      if (isAffordable(trial)) {
        launch(trial);
      }
    } else {
      Key key = new Key(study.space().canonical(trial.candidate()), trial.fidelity());
      Running<A> known = tried.get(key);
      if (known == null) {
        if (isAffordable(trial)) {
          tried.put(key, launch(trial));
        }
      } else if (running.contains(known)) {
        running.add(new Running<>(trial, known.task(), false, known.finish()));
      } else {
        tell(trial, workers.await(known.task()), false);
      }
    }
  }

  /** Whether a trial fits into what is left; if it does not, no other will begin. */
  private boolean isAffordable(Trial<A> trial) {
    isSpent = study.estimator().cost(trial) > study.settings().cost() - spent;
    return !isSpent;
  }

  private Running<A> launch(Trial<A> trial) {
    long cost = study.estimator().cost(trial);
    charged++;
    spent += cost;
    idle = 0;
    FutureTask<Outcome> task = new FutureTask<>(() -> estimate(trial));
    Running<A> begun = new Running<>(trial, task, true, Math.addExact(now, Math.max(1, cost)));
    running.add(begun);
    workers.begin(task);
    return begun;
  }

  private void tell(Trial<A> trial, Outcome outcome, boolean isCharged) {
    History.Entry<A> entry = new History.Entry<>(trial, outcome, isCharged, now);
    entries.add(entry);
    strategy.tell(trial, outcome);
    listener.told(entry);
  }

  /** An estimate in which whatever went wrong is a failure of the trial. */
  private Outcome estimate(Trial<A> trial) {
    try {
      Outcome outcome = study.estimator().estimate(trial);
      return outcome instanceof Outcome.Measured(Metrics metrics) ? judge(metrics) : outcome;
    } catch (RuntimeException | OutOfMemoryError failure) {
      return new Outcome.Failed(failure.toString());
    }
  }

  private Outcome judge(Metrics metrics) {
    for (Objective objective : study.objectives().all()) {
      double value = metrics.find(objective.metric()).orElse(Double.NaN);
      if (!Double.isFinite(value)) {
        return new Outcome.Failed(
            "%s is %s, expected a finite number".formatted(objective.metric(), value));
      }
    }
    Optional<Outcome.Infeasible> violation = study.objectives().violation(metrics);
    return violation.isPresent() ? violation.get() : new Outcome.Measured(metrics);
  }
}
