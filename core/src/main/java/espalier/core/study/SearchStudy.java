package espalier.core.study;

import espalier.core.data.SearchData;
import espalier.core.data.Splits;
import espalier.core.io.AtomicFile;
import espalier.core.io.Json;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.space.CellBased;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * The main job: find an architecture on the search splits, train it, measure it once on the test
 * split. An immutable description; running it twice yields the same bits.
 *
 * @param searchable which networks
 * @param method how one is found
 * @param splits the task's images
 * @param searchImages how many images of each search split a search uses at most; the final
 *     training uses all
 * @param recipe how the chosen network is trained
 * @param trainBudget for how long; a wall-clock budget of the method bounds both
 * @param trainOnAll whether the final training uses the validation images too
 * @param seed of everything random
 * @param arguments how the run was asked for, recorded with it
 */
public record SearchStudy<A>(
    Searchable<A> searchable,
    SearchMethod method,
    Splits splits,
    int searchImages,
    Recipe recipe,
    Budget trainBudget,
    boolean trainOnAll,
    long seed,
    List<String> arguments) {

  public SearchStudy {
    arguments = List.copyOf(arguments);
    TrainStudy.requireBatch("training", splits.train().size(), recipe.batchSize());
    SearchData data = searchData(splits, searchImages);
    switch (method) {
      case SearchMethod.Darts darts -> {
        if (searchable.cells().isEmpty()) {
          throw new IllegalArgumentException(
              "search: the space '%s' has no cells to make a supernet of; choose a strategy of %s"
                  .formatted(searchable.space().name(), searchable.strategies().keySet()));
        }
        int batchSize = darts.settings().batchSize();
        TrainStudy.requireBatch("training", data.train().size(), batchSize);
        TrainStudy.requireBatch("validation", data.valid().size(), batchSize);
      }
      case SearchMethod.BlackBox trials ->
          TrainStudy.requireBatch(
              "training", data.train().size(), trials.estimator().recipe().batchSize());
      case SearchMethod.Draw _ -> {}
    }
  }

  /** All images, and 10 epochs of training by the published DARTS recipe. */
  public static <A> SearchStudy<A> of(
      CellBased<A> space, SearchMethod method, Splits splits, long seed) {
    return of(new SearchableCells<>(space), method, splits, seed);
  }

  /** All images, and 10 epochs of training by the published DARTS recipe. */
  public static <A> SearchStudy<A> of(
      Searchable<A> searchable, SearchMethod method, Splits splits, long seed) {
    return new SearchStudy<>(
        searchable,
        method,
        splits,
        Integer.MAX_VALUE,
        Recipe.standard(),
        new Budget.Epochs(10),
        false,
        seed,
        List.of());
  }

  /** This study with other budgets for search and final training. */
  public SearchStudy<A> withBudgets(Budget search, Budget training) {
    SearchMethod bounded =
        switch (method) {
          case SearchMethod.Darts darts -> new SearchMethod.Darts(darts.settings(), search);
          case SearchMethod.BlackBox trials ->
              new SearchMethod.BlackBox(
                  trials.strategy(),
                  trials.estimator(),
                  trials.objectives(),
                  trials.goals(),
                  search);
          case SearchMethod.Draw draw -> draw;
        };
    return new SearchStudy<>(
        searchable, bounded, splits, searchImages, recipe, training, trainOnAll, seed, arguments);
  }

  /**
   * What a study yields.
   *
   * @param searchValidAccuracy accuracy on the validation split that the search went by, of the
   *     supernet or of the trial that won, if there was one
   * @param front of a search for several objectives, the first of which is the architecture
   * @param recipe the network was trained by
   * @param valid score of the trained network on the validation split, unless it was trained on
   * @param test score of the trained network on the test split, if there is one
   * @param model the trained network; closing the result closes it
   */
  public record Result<A>(
      A architecture,
      String notation,
      long parameters,
      long multiplyAccumulates,
      OptionalDouble searchValidAccuracy,
      Optional<SearchFront> front,
      Recipe recipe,
      Optional<Score> valid,
      Optional<Score> test,
      double searchSeconds,
      double trainSeconds,
      Model model,
      Provenance provenance)
      implements AutoCloseable {

    /** As the file {@code result.json} holds it. */
    public Json.Obj json() {
      Json.Obj json =
          Json.object()
              .with("genotype", Json.of(notation))
              .with("params", Json.of(parameters))
              .with("macs", Json.of(multiplyAccumulates))
              .with("searchValidAccuracy", optional(searchValidAccuracy))
              .with("validAccuracy", accuracy(valid))
              .with("testAccuracy", accuracy(test))
              .with("recipe", Json.of(recipe.toString()))
              .with("searchSeconds", Json.of(searchSeconds))
              .with("trainSeconds", Json.of(trainSeconds))
              .with("provenance", provenance.json());
      return front.map(found -> json.with("front", found.json())).orElse(json);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  static Json accuracy(Optional<Score> score) {
    return score.map(found -> Json.of(found.value(Metric.ACCURACY))).orElseGet(Json.Null::new);
  }

  private static Json optional(OptionalDouble value) {
    return value.isPresent() ? Json.of(value.getAsDouble()) : new Json.Null();
  }

  /**
   * Runs on the best backend there is, keeping nothing on disk. The model of the result has a
   * backend of its own, which closing either closes.
   */
  public Result<A> run() {
    try (Backend backend = Backends.best(BackendOptions.defaults())) {
      return run(backend, Optional.empty(), StudyListener.none(), ImageTraining::model);
    }
  }

  /**
   * Runs on a backend that outlives the result.
   *
   * @param folder where to keep the journal, checkpoints and results; a run that is resumed goes on
   *     from them
   * @throws RunStopped if it was asked to stop or diverged
   */
  public Result<A> run(Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    return run(backend, folder, listener, (training, trained) -> training.model(trained, backend));
  }

  private Result<A> run(
      Backend backend,
      Optional<RunFolder> folder,
      StudyListener listener,
      BiFunction<ImageTraining, TrainingPhase.Trained, Model> toModel) {
    Deadline deadline =
        switch (method) {
          case SearchMethod.Darts darts -> Deadline.of(darts.budget());
          case SearchMethod.BlackBox trials -> Deadline.of(trials.budget());
          case SearchMethod.Draw _ -> Deadline.none();
        };
    Provenance provenance = Provenance.of(seed, splits, parameters(), backend);
    folder.ifPresent(run -> RunStart.record(run.journal(), "search", arguments, provenance));
    SearchPhase.Found<A> found =
        new SearchPhase<>(searchable, method, searchData(), seed)
            .run(backend, folder, deadline, listener);
    String notation = searchable.space().print(found.architecture());
    listener.derived(notation);
    folder.ifPresent(run -> writeArchitecture(run, found.architecture()));
    folder.ifPresent(run -> found.front().ifPresent(front -> writeFront(run, front)));
    Deadline until = deadline.and(trainBudget);
    int classes = splits.train().classNames().size();
    Network network = searchable.space().model(found.architecture(), classes);
    Recipe trainedBy = searchable.recipe(found.legs(), recipe);
    ImageTraining training =
        ImageTraining.of(network, splits, trainedBy, trainBudget, trainOnAll, seed);
    TrainingPhase.Trained trained = training.phase().run(backend, folder, until, listener);
    Result<A> result =
        new Result<>(
            found.architecture(),
            notation,
            trained.parameters(),
            trained.multiplyAccumulates(),
            found.validAccuracy(),
            found.front(),
            trainedBy,
            trained.valid(),
            trained.test(),
            found.seconds(),
            trained.seconds(),
            toModel.apply(training, trained),
            provenance);
    folder.ifPresent(run -> finish(run, result));
    return result;
  }

  /**
   * Refuses a limit that no network of the space meets: a search would never train anything.
   *
   * @throws RunStopped naming the limit and what the smallest network needs
   */
  public void requireReachable() {
    if (method instanceof SearchMethod.BlackBox trials) {
      new TrialPhase<>(searchable, trials, ImageData.of(searchData()), seed).requireReachable();
    }
  }

  private SearchData searchData() {
    return searchData(splits, searchImages);
  }

  private static SearchData searchData(Splits splits, int searchImages) {
    int train = Math.min(searchImages, splits.train().size());
    int valid = Math.min(searchImages, splits.valid().size());
    return splits.first(train, valid).search();
  }

  /** Every parameter by name, spelt out. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("space", searchable.space().toString());
    parameters.put("searchable", searchable.toString());
    parameters.put("method", method.toString());
    parameters.put("recipe", recipe.toString());
    parameters.put("trainBudget", trainBudget.toString());
    parameters.put("trainOnAll", Boolean.toString(trainOnAll));
    parameters.put("searchTrainImages", Integer.toString(searchData().train().size()));
    parameters.put("searchValidImages", Integer.toString(searchData().valid().size()));
    parameters.put("trainImages", Integer.toString(splits.train().size()));
    parameters.put("validImages", Integer.toString(splits.valid().size()));
    return parameters;
  }

  private void writeArchitecture(RunFolder run, A architecture) {
    searchable
        .files(architecture)
        .forEach((name, content) -> AtomicFile.write(run.file(name), content));
  }

  private static void writeFront(RunFolder run, SearchFront front) {
    AtomicFile.write(run.file("front.json"), front.json().pretty());
  }

  private static void finish(RunFolder run, Result<?> result) {
    result.model().save(run.path());
    AtomicFile.write(run.file("result.json"), result.json().pretty());
    if (run.journal().entries("result").isEmpty()) {
      run.journal().append("result", result.json());
    }
    run.discardCheckpoint("search");
    run.discardCheckpoint("train");
  }
}
