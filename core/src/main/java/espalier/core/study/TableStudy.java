package espalier.core.study;

import espalier.core.data.Folds;
import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.AtomicFile;
import espalier.core.io.Json;
import espalier.core.io.TableInput;
import espalier.core.nn.TableModel;
import espalier.core.strategy.Strategies;
import espalier.core.train.Metric;
import espalier.core.train.Score;
import espalier.core.train.TableData;
import espalier.core.train.TableFold;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds a perceptron and how to train it, for a table: by nested cross-validation, which says how
 * good what such a search finds is, and once on all rows, for the model to be used. In each fold
 * the search sees none of the rows left out; what it chose is trained on all rows it saw, then
 * measured on those. An immutable description; running it twice yields the same bits.
 *
 * @param test rows that the model to be used is measured on in the end, and that nothing else sees
 * @param folds how many times a part of the rows is left out; 0 leaves the measuring out
 * @param strategy the name of one of {@link #strategies}
 * @param trials candidates each search trains, or as much of more of them
 * @param epochs passes through the rows of every training
 * @param seed of folds, searches and weights
 * @param arguments how the run was asked for, recorded with it
 */
public record TableStudy(
    LabelledTable table,
    Optional<LabelledTable> test,
    int folds,
    String strategy,
    int trials,
    int epochs,
    long seed,
    List<String> arguments) {
  /** So many that each part that rows are dealt to holds some. */
  private static final int FEWEST_ROWS = 10;

  /**
   * What a study yields.
   *
   * @param measured one score for each fold
   * @param chosen what the search on all rows chose
   * @param parameters of the model
   * @param test what the model came to on the rows to test on
   * @param model trained on all rows; closing the result closes it
   */
  public record Result(
      List<Metric> metrics,
      List<Score> measured,
      String chosen,
      long parameters,
      Optional<Score> test,
      TableModel model,
      Provenance provenance)
      implements AutoCloseable {
    public Result {
      metrics = List.copyOf(metrics);
      measured = List.copyOf(measured);
    }

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

    /** As the file {@code result.json} holds it. */
    public Json.Obj json() {
      Json.Obj json =
          Json.object()
              .with("architecture", Json.of(chosen))
              .with("params", Json.of(parameters))
              .with("folds", Json.of(measured.size()))
              .with("metrics", Json.strings(metrics.stream().map(Metric::name).toList()));
      for (Metric metric : measured.isEmpty() ? List.<Metric>of() : metrics) {
        List<Json> each = new ArrayList<>();
        measured.forEach(score -> each.add(Json.of(score.value(metric))));
        json =
            json.with(metric.name(), Json.of(mean(metric)))
                .with(metric.on("deviationOf"), Json.of(deviation(metric)))
                .with(metric.on("each"), Json.array(each));
      }
      for (Map.Entry<Metric, Double> one :
          test.map(Score::values).orElseGet(LinkedHashMap::new).entrySet()) {
        json = json.with(one.getKey().on("test"), Json.of(one.getValue()));
      }
      return json.with("provenance", provenance.json());
    }

    @Override
    public void close() {
      model.close();
    }
  }

  public TableStudy {
    arguments = List.copyOf(arguments);
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
    Strategies.named(TableSearch.searchable(table.rows()).strategies(), strategy);
    if (trials < 1 || epochs < 1) {
      throw new IllegalArgumentException(
          "search: found %d trials of %d epochs, expected 1 or more of each"
              .formatted(trials, epochs));
    }
    if (folds > 0) {
      Folds dealt = Folds.of(table.target(), folds, seed);
      for (int number = 0; number < folds; number++) {
        requireSpread("fold", table.target(), dealt.left(number));
      }
    }
    test.ifPresent(other -> requireAlike(table, other));
  }

  /** The strategies that suit tables, by the names users type. */
  public static Set<String> strategies() {
    return TableSearch.searchable(FEWEST_ROWS).strategies().keySet();
  }

  /** Refuses rows to test on that the model could not be measured on, while nothing is done yet. */
  private static void requireAlike(LabelledTable table, LabelledTable test) {
    TableInput.fit(table.features()).encode(test.features().rows(new int[] {0}));
    boolean alike =
        switch (table.target()) {
          case Target.Classes(List<String> names, int[] _) ->
              test.target() instanceof Target.Classes(List<String> others, int[] _)
                  && others.equals(names);
          case Target.Values _ -> test.target() instanceof Target.Values;
        };
    if (!alike) {
      throw new IllegalArgumentException(
          "test: its target is not that of the table to learn from, expected the same classes or"
              + " amounts in both");
    }
    requireSpread("test", test.target(), IntStream.range(0, test.rows()).toArray());
  }

  /** Refuses a part in which all amounts are alike: no share of their variance can be explained. */
  private static void requireSpread(String part, Target target, int[] rows) {
    if (target instanceof Target.Values(double[] values)
        && Arrays.stream(rows).mapToDouble(row -> values[row]).distinct().count() < 2) {
      throw new IllegalArgumentException(
          "%s: all of its %d targets are alike, expected two values or more to measure R² on"
              .formatted(part, rows.length));
    }
  }

  /**
   * Runs on a backend that outlives the result.
   *
   * @param folder where to keep the journal, checkpoints and results; a run that is resumed goes on
   *     from them
   * @throws RunStopped if it was asked to stop, or nothing could be trained
   */
  public Result run(Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    Provenance provenance =
        new Provenance(
            seed,
            table.contentHash(),
            test.map(LabelledTable::contentHash),
            parameters(),
            backend.name());
    folder.ifPresent(run -> RunStart.record(run.journal(), "table", arguments, provenance));
    List<Score> measured = new FoldScores(this).measure(backend, folder, listener);
    TableSearch search = new TableSearch("", TableFold.whole(table, seed), folds, settings(), seed);
    TableSearch.Fitted fitted =
        search.run(backend, folder, listener, data -> test.map(data::examples));
    Result result =
        new Result(
            fitted.data().task().metrics(),
            measured,
            fitted.notation(),
            fitted.trained().parameters(),
            fitted.trained().test(),
            model(fitted, backend),
            provenance);
    folder.ifPresent(run -> {
      finish(run, result);
      search.discardCheckpoint(run);
    });
    return result;
  }

  TableSearch.Settings settings() {
    return new TableSearch.Settings(strategy, trials, epochs);
  }

  private TableModel model(TableSearch.Fitted fitted, Backend backend) {
    TableData data = fitted.data();
    TrainingPhase.Trained trained = fitted.trained();
    return switch (table.target()) {
      case Target.Classes(List<String> names, int[] _) ->
          TableModel.classifier(trained.network(), data.input(), names, trained.weights(), backend);
      case Target.Values _ ->
          TableModel.regression(
              trained.network(),
              data.input(),
              data.scale().orElseThrow(),
              trained.weights(),
              backend);
    };
  }

  /** Every parameter by name, spelt out. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("space", TableSearch.searchable(table.rows()).space().name());
    parameters.put(
        "task", table.target() instanceof Target.Classes ? "classification" : "regression");
    parameters.put("strategy", strategy);
    parameters.put("trials", Integer.toString(trials));
    parameters.put("epochs", Integer.toString(epochs));
    parameters.put("folds", Integer.toString(folds));
    parameters.put("rows", Integer.toString(table.rows()));
    parameters.put("testRows", Integer.toString(test.map(LabelledTable::rows).orElse(0)));
    return parameters;
  }

  private static void finish(RunFolder run, Result result) {
    result.model().save(run.path());
    AtomicFile.write(run.file("result.json"), result.json().pretty());
    if (run.journal().entries("result").isEmpty()) {
      run.journal().append("result", result.json());
    }
  }
}
