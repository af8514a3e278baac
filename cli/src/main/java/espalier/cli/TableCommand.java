package espalier.cli;

import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.AtomicFile;
import espalier.core.io.Column;
import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.Table;
import espalier.core.study.TableStudy;
import espalier.core.train.Metric;
import espalier.core.train.Score;
import espalier.datasets.CsvTable;
import espalier.kernels.spi.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds a network for a table and says how good such networks are on rows they never saw. */
@Command(
    name = "table",
    description = {
      "Searches for a network that tells one column of a table from the others.",
      "Nested folds say how good what the search finds is; the model is then trained on all rows.",
      "Nothing is written before all is done: a run that was stopped begins anew.",
      "A CSV file names its columns in its first line; one of nothing but numbers has the columns"
          + " 1, 2 and so on."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class TableCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      required = true,
      description = "CSV file, may be packed by gzip")
  Path data = Path.of("");

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description = "the column to be told (default: the last)",
      showDefaultValue = Visibility.NEVER)
  Optional<String> target = Optional.empty();

  @Option(
      names = "--target-data",
      paramLabel = "FILE",
      description = "CSV file of the column to be told, where it is not in --data",
      showDefaultValue = Visibility.NEVER)
  Optional<Path> targetData = Optional.empty();

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      description = "lines of --data before the first that counts")
  int skipped;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description =
          "classification or regression (default: classification where the target holds names or at"
              + " most 20 whole numbers)",
      showDefaultValue = Visibility.NEVER)
  Optional<Choice.TableTask> task = Optional.empty();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "how a network is found: a strategy that trains candidates one by one")
  Choice.Strategy strategy = Choice.Strategy.RE;

  @Option(names = "--trials", paramLabel = "N", description = "candidates each search trains")
  int trials = 20;

  @Option(names = "--epochs", paramLabel = "N", description = "how long each is trained")
  int epochs = 30;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description = "how many parts the rows have, each left out once; 0 to measure nothing")
  int folds = 10;

  @Option(names = "--seed", paramLabel = "N", description = "seed of everything random")
  long seed = 1;

  @Option(names = "--out", paramLabel = "DIR", description = "new folder for the model")
  Path out = Path.of("runs", "table");

  @Option(names = "--json", description = "print one JSON object and nothing else")
  boolean json;

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @ArgGroup(validate = false, heading = "%nWhat computes:%n")
  EngineOptions engine = new EngineOptions();

  @Override
  public Integer call() {
    if (Files.exists(out)) {
      throw usage("--out: %s exists; name a new folder".formatted(out));
    }
    if (skipped < 0) {
      throw usage("--skip-lines: found %d, expected 0 or more".formatted(skipped));
    }
    LabelledTable table = table();
    TableStudy study;
    try {
      study = new TableStudy(table, folds, strategy.toString(), trials, epochs, seed);
    } catch (IllegalArgumentException wrong) {
      throw usage(Failures.describe(wrong));
    }
    try (Backend backend = engine.open(spec);
        TableStudy.Result result = study.run(backend, progress())) {
      result.model().save(out);
      Json.Obj found = found(result, table);
      AtomicFile.write(out.resolve("result.json"), found.pretty());
      report(result, found);
    }
    return ExitCode.DONE.code();
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private LabelledTable table() {
    Table features = CsvTable.read(data, skipped).table();
    Optional<Target.Kind> kind = task.map(Choice.TableTask::kind);
    if (targetData.isEmpty()) {
      return LabelledTable.of(features, target.orElseGet(() -> features.names().getLast()), kind);
    }
    Table apart = CsvTable.read(targetData.get(), 0).table();
    Column column = apart.column(target.orElseGet(() -> apart.names().getLast()));
    if (column.size() != features.rows()) {
      throw new DataException(
          "%s: has %d rows, %s has %d"
              .formatted(targetData.get(), column.size(), data, features.rows()));
    }
    return new LabelledTable(
        features, Target.of(column, kind.orElseGet(() -> Target.kind(column))));
  }

  private TableStudy.Listener progress() {
    Terminal terminal = Espalier.terminal(spec);
    return new TableStudy.Listener() {
      @Override
      public void fold(int number, TableStudy.Fold fold) {
        if (!json) {
          Score score = fold.test().orElseThrow();
          terminal.print(
              "fold %d/%d: %s %s   %s",
              number + 1,
              folds,
              score.leading().name(),
              String.format(Locale.ROOT, "%.4f", score.leadingValue()),
              fold.notation());
        }
      }
    };
  }

  private List<Metric> metrics(TableStudy.Result result) {
    return result.measured().isEmpty()
        ? List.of()
        : List.copyOf(result.measured().getFirst().values().keySet());
  }

  private Json.Obj found(TableStudy.Result result, LabelledTable table) {
    Json.Obj found =
        Json.object()
            .with("architecture", Json.of(result.chosen().notation()))
            .with("params", Json.of(result.parameters()))
            .with("folds", Json.of(folds));
    for (Metric metric : metrics(result)) {
      found =
          found
              .with(metric.name(), Json.of(result.mean(metric)))
              .with(metric.on("deviationOf"), Json.of(result.deviation(metric)));
      List<Json> each = new ArrayList<>();
      result.measured().forEach(score -> each.add(Json.of(score.value(metric))));
      found = found.with(metric.on("each"), Json.array(each));
    }
    return found
        .with("seed", Json.of(seed))
        .with("strategy", Json.of(strategy.toString()))
        .with("trials", Json.of(trials))
        .with("epochs", Json.of(epochs))
        .with("dataHash", Json.of(table.contentHash()));
  }

  private void report(TableStudy.Result result, Json.Obj found) {
    Terminal terminal = Espalier.terminal(spec);
    if (json) {
      terminal.print("%s", found.compact());
      return;
    }
    terminal.print("");
    terminal.print("%s", result.chosen().notation());
    terminal.print("");
    terminal.print("  %-34s %,15d", "parameters", result.parameters());
    for (Metric metric : metrics(result)) {
      terminal.print(
          "  %-34s %15.4f ± %.4f",
          metric.name() + " over " + folds + " folds",
          result.mean(metric),
          result.deviation(metric));
    }
    terminal.print("");
    terminal.print("In %s: model.json, model.safetensors, result.json", out);
    terminal.print("Next:");
    String skipping = skipped == 0 ? "" : " --skip-lines " + skipped;
    terminal.print("  espalier predict --model %s%s %s", out, skipping, data);
  }
}
