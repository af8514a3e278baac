package espalier.core.study;

import espalier.core.catalog.Mlp;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Joined;
import espalier.core.compose.JoinedSpace;
import espalier.core.data.Folds;
import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.estimate.Hyperparameters;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.TableModel;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.TrialListener;
import espalier.core.strategy.Strategies;
import espalier.core.train.Examples;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.TableData;
import espalier.core.train.TableFold;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a perceptron and how to train it, for a table: by nested cross-validation, which says how
 * good what such a search finds is, and once on all rows, for the model to be used. In each fold
 * the search sees none of the rows left out; what it chose is trained on all rows it saw, then
 * measured on those.
 *
 * @param folds how many times a part of the rows is left out; 0 leaves the measuring out
 * @param strategy the name of one of {@link Strategies}
 * @param trials candidates each search trains
 * @param epochs passes through the rows of every training
 * @param seed of folds, searches and weights
 */
public record TableStudy(
    LabelledTable table, int folds, String strategy, int trials, int epochs, long seed) {
  /** So many that each part that rows are dealt to holds some. */
  private static final int FEWEST_ROWS = 10;

  /**
   * What a search of one part of the rows ended with.
   *
   * @param notation of the candidate chosen
   * @param valid the leading metric it was chosen by
   * @param test what was measured on the rows left out
   */
  public record Fold(String notation, double valid, Optional<Score> test) {}

  /** Hears of folds and of their trials. */
  public interface Listener {
    /** Another trial was done. */
    default void trial(int fold, int trial) {}

    /** A fold was measured. */
    default void fold(int number, Fold fold) {}

    /** Asked before each trial; {@code true} ends the study. */
    default boolean isCancelled() {
      return false;
    }
  }

  /**
   * What a study yields.
   *
   * @param measured one score for each fold
   * @param chosen what the search on all rows chose
   * @param parameters of the model
   * @param model trained on all rows; closing the result closes it
   */
  public record Result(List<Score> measured, Fold chosen, long parameters, TableModel model)
      implements AutoCloseable {

    /** Mean of a metric over the folds. */
    public double mean(Metric metric) {
      return measured.stream()
          .mapToDouble(score -> score.value(metric))
          .average()
          .orElse(Double.NaN);
    }

    /** Standard deviation of a metric over the folds. */
    public double deviation(Metric metric) {
      double mean = mean(metric);
      double squares =
          measured.stream()
              .mapToDouble(score -> score.value(metric) - mean)
              .map(difference -> difference * difference)
              .sum();
      return Math.sqrt(squares / Math.max(1, measured.size() - 1));
    }

    @Override
    public void close() {
      model.close();
    }
  }

  public TableStudy {
    if (table.rows() < FEWEST_ROWS) {
      throw new IllegalArgumentException(
          "table: found %d rows, expected %d or more".formatted(table.rows(), FEWEST_ROWS));
    }
    if (folds > table.rows()) {
      throw new IllegalArgumentException(
          "folds: found %d, expected no more than the %d rows".formatted(folds, table.rows()));
    }
    if (folds != 0 && folds < 2) {
      throw new IllegalArgumentException(
          "folds: found %d, expected 2 or more, or 0 for none".formatted(folds));
    }
    Strategies.named(Strategies.of(space(table.rows())), strategy);
    if (trials < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "search: found %d trials of %d epochs, expected 1 or more of each"
              .formatted(trials, epochs));
    }
  }

  /**
   * Runs on a backend that outlives the result.
   *
   * @throws RunStopped if it was asked to stop, or nothing could be trained
   */
  public Result run(Backend backend, Listener listener) {
    List<Score> measured = new ArrayList<>();
    for (int number = 0; number < folds; number++) {
      Fold fold = fold(backend, number, listener);
      measured.add(fold.test().orElseThrow());
      listener.fold(number, fold);
    }
    TableFold whole = TableFold.whole(table, seed);
    JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space = space(whole.search().size());
    Found found = search(backend, whole, space, folds, listener);
    TableData all = whole.all();
    try (Trainer trainer = trained(backend, space, found.candidate(), all)) {
      Network network = network(space, found.candidate(), all);
      TableModel model =
          switch (table.target()) {
            case Target.Classes(List<String> names, int[] _) ->
                TableModel.classifier(network, all.input(), names, trainer.weights(), backend);
            case Target.Values _ ->
                TableModel.regression(
                    network, all.input(), all.scale().orElseThrow(), trainer.weights(), backend);
          };
      Fold chosen = new Fold(space.print(found.candidate()), found.value(), Optional.empty());
      long parameters = NetworkCounts.declared(network, all.task().input()).parameters();
      return new Result(List.copyOf(measured), chosen, parameters, model);
    }
  }

  private Fold fold(Backend backend, int number, Listener listener) {
    TableFold fold = TableFold.of(table, Folds.of(table.target(), folds, seed), number, seed);
    JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space = space(fold.search().size());
    Found found = search(backend, fold, space, number, listener);
    TableData all = fold.all();
    try (Trainer trainer = trained(backend, space, found.candidate(), all)) {
      Optional<Examples> test = fold.test(all);
      return new Fold(space.print(found.candidate()), found.value(), test.map(trainer::measure));
    }
  }

  private static JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space(int rows) {
    return new JoinedSpace<>(Mlp.space(), "training", Hyperparameters.among(rows));
  }

  /** What a search found, and the leading metric it has. */
  private record Found(Joined<Decision> candidate, double value) {}

  private Found search(
      Backend backend,
      TableFold fold,
      JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space,
      int number,
      Listener listener) {
    TableData data = fold.search();
    int outputs = data.task().outputs();
    Metric leading = data.task().metrics().getFirst();
    Objective objective =
        leading.direction() == Metric.Direction.MAXIMISE
            ? Objective.maximise(TrainingEstimator.valid(leading))
            : Objective.minimise(TrainingEstimator.valid(leading));
    TrainingEstimator<Joined<Decision>> estimator =
        new TrainingEstimator<Joined<Decision>>(
                backend,
                candidate -> space.model(candidate, outputs),
                data,
                new TrainingEstimator.Settings(
                    Recipe.standard(), epochs, TrainingEstimator.Reduction.STEPS),
                seed)
            .trainedBy(candidate -> space.beside(candidate).recipe());
    long searchSeed = Philox.of(seed, "search of a fold").bits(number);
    History<Joined<Decision>> history =
        new BlackBoxStudy<>(
                space, estimator, Objectives.of(objective), BlackBoxStudy.Settings.cached(trials))
            .run(
                Strategies.named(Strategies.of(space), strategy)
                    .open(objective, trials, searchSeed),
                1,
                new TrialListener<>() {
                  private int done;

                  @Override
                  public void told(History.Entry<Joined<Decision>> entry) {
                    done += entry.isCharged() ? 1 : 0;
                    listener.trial(number, done);
                  }

                  @Override
                  public boolean isCancelled() {
                    return listener.isCancelled();
                  }
                });
    if (history.end() == History.End.CANCELLED) {
      throw new RunStopped(RunStopped.Reason.CANCELLED, "search: stopped");
    }
    return history
        .incumbent(objective)
        .map(best ->
            new Found(
                best.trial().candidate(),
                objective.score(objective.score(best.outcome()).orElseThrow())))
        .orElseThrow(() ->
            new RunStopped(
                RunStopped.Reason.NOTHING_FOUND,
                "search: none of %d trials could be trained; allow more".formatted(trials)));
  }

  private static Network network(
      JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space,
      Joined<Decision> candidate,
      TableData data) {
    return space.model(candidate, data.task().outputs());
  }

  private Trainer trained(
      Backend backend,
      JoinedSpace<Decision, ComposedSpace<Mlp>, Hyperparameters> space,
      Joined<Decision> candidate,
      TableData data) {
    Recipe recipe = space.beside(candidate).recipe();
    Trainer trainer = new Trainer(backend, network(space, candidate, data), recipe, data, seed);
    long steps = (long) epochs * trainer.stepsPerEpoch();
    if (trainer.run(steps, Optional.empty(), TrainingListener.none())
        instanceof TrainingOutcome.Diverged(long step)) {
      trainer.close();
      throw new RunStopped(
          RunStopped.Reason.DIVERGED,
          "training: the loss is no longer a number at step %d".formatted(step + 1));
    }
    return trainer;
  }
}
