package espalier.core.study;

import espalier.core.catalog.Mlp;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Joined;
import espalier.core.estimate.Hyperparameters;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.random.Philox;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.train.Examples;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.TableData;
import espalier.core.train.TableFold;
import espalier.kernels.spi.Backend;
import java.util.Optional;
import java.util.function.Function;

/**
 * A search on the rows of one fold for a perceptron and how to train it, and the training of what
 * was found on all of them. Each has an entry of its own in the journal of the run.
 *
 * @param prefix of the names of both in the journal
 * @param number of the fold, from which the strategy's seed is drawn
 * @param seed of folds, searches and weights
 */
record TableSearch(String prefix, TableFold fold, int number, Settings settings, long seed) {
  private static final int SMALLEST_BATCH = 16;

  /**
   * How a search goes.
   *
   * @param strategy the name of one of {@link SearchableTrainings#strategies}
   * @param trials candidates trained in full, or as much of more of them
   * @param epochs passes through the rows of every training
   */
  record Settings(String strategy, int trials, int epochs) {}

  /**
   * What was found and how good it is.
   *
   * @param valid the leading metric that it was chosen by
   * @param data it was trained on
   */
  record Fitted(String notation, double valid, TrainingPhase.Trained trained, TableData data) {}

  /** The perceptrons and their trainings that are searched, on so many rows to learn from. */
  static SearchableTrainings<Decision> searchable(int rows) {
    ComposedSpace<Mlp> perceptrons = Mlp.space();
    return SearchableTrainings.ofRows(
        new SearchableDecisions<>(perceptrons), perceptrons, Hyperparameters.among(rows));
  }

  /**
   * Searches, trains and measures.
   *
   * @param test what to measure on, encoded as the rows trained on
   */
  Fitted run(
      Backend backend,
      Optional<RunFolder> folder,
      StudyListener listener,
      Function<TableData, Optional<Examples>> test) {
    TableData searched = fold.search();
    SearchableTrainings<Decision> searchable = searchable(searched.size());
    Recipe recipe = Recipe.standard().withBatchSize(Math.min(SMALLEST_BATCH, searched.size()));
    SearchPhase.Found<Joined<Decision>> found =
        new TrialPhase<>(
                prefix + StudyListener.Phase.SEARCH.label(),
                searchable,
                method(recipe, searched.task().metrics().getFirst()),
                searched,
                seed,
                Philox.of(seed, "search of a fold").bits(number))
            .run(backend, folder, Deadline.none(), listener);
    String notation = searchable.space().print(found.architecture());
    listener.derived(notation);
    TableData all = fold.all();
    TrainingPhase training =
        new TrainingPhase(
            prefix + StudyListener.Phase.TRAIN.label(),
            searchable.space().model(found.architecture(), all.task().outputs()),
            all,
            test.apply(all),
            searchable.recipe(found.legs(), recipe),
            new Budget.Epochs(settings.epochs()),
            seed);
    TrainingPhase.Trained trained = training.run(backend, folder, Deadline.none(), listener);
    return new Fitted(notation, found.validAccuracy().orElseThrow(), trained, all);
  }

  /** The checkpoint of the training has done its service. */
  void discardCheckpoint(RunFolder run) {
    run.discardCheckpoint(prefix + StudyListener.Phase.TRAIN.label());
  }

  private SearchMethod.BlackBox method(Recipe recipe, Metric leading) {
    String metric = TrainingEstimator.valid(leading);
    return new SearchMethod.BlackBox(
        settings.strategy(),
        new TrainingEstimator.Settings(
            recipe, settings.epochs(), TrainingEstimator.Reduction.STEPS),
        Objectives.of(
            leading.direction() == Metric.Direction.MAXIMISE
                ? Objective.maximise(metric)
                : Objective.minimise(metric)),
        new Budget.Trials(settings.trials()));
  }
}
