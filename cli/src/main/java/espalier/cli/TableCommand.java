package espalier.cli;

import espalier.core.io.JsonDocument;
import espalier.core.study.TableStudy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Finds a network for a table and says how good such networks are on rows they never saw. */
@Command(
    name = "table",
    description = {
      "Searches for a network that tells one column of a table from the others.",
      "Nested folds say how good what the search finds is; the model is then trained on all rows,"
          + " and measured once on those of --test.",
      "A CSV file names its columns in its first line; one of nothing but numbers has the columns"
          + " 1, 2 and so on."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class TableCommand extends RunCommand {
  @ArgGroup(validate = false, order = 110, heading = "%nThe table:%n")
  TableOptions tables = new TableOptions();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      order = 5,
      description = "how a network is found, of those that train candidates one by one")
  Choice.Strategy strategy = Choice.Strategy.RE;

  @Option(
      names = "--trials",
      paramLabel = "N",
      order = 6,
      description =
          "candidates each search trains; strategies that train most of them a little train as much"
              + " of more of them")
  int trials = 20;

  @Option(names = "--epochs", paramLabel = "N", order = 7, description = "how long each is trained")
  int epochs = 30;

  @Option(
      names = "--folds",
      paramLabel = "N",
      order = 8,
      description = "how many parts the rows have, each left out once; 0 to leave none out")
  int folds = 10;

  TableCommand() {
    super("table");
  }

  @Override
  RunCommand blank() {
    return new TableCommand();
  }

  @Override
  Prepared prepare(List<String> arguments) {
    TableStudy study = study(arguments);
    return (backend, folder, listener) -> {
      try (TableStudy.Result result = study.run(backend, Optional.of(folder), listener)) {
        return result.json();
      }
    };
  }

  /** The study that the options describe. */
  TableStudy study(List<String> arguments) {
    usage(() -> {
      strategy.requireAmong(TableStudy.strategies(), "tables");
      return strategy;
    });
    TableOptions.Tables read = tables.read(spec);
    return usage(() ->
        new TableStudy(
            read.learnt(),
            read.test(),
            folds,
            strategy.toString(),
            trials,
            epochs,
            seed,
            arguments));
  }

  @Override
  void report(Terminal terminal, Path folder, JsonDocument result) {
    terminal.print("");
    terminal.print("%s", result.string("architecture"));
    terminal.print("");
    terminal.print("  %-34s %,15d", "parameters", result.longInteger("params"));
    for (String metric : result.strings("metrics")) {
      if (folds > 0) {
        terminal.print(
            "  %-34s %15.4f ± %.4f",
            metric + " over " + folds + " folds",
            result.real(metric),
            result.real(on("deviationOf", metric)));
      }
    }
    for (String metric : result.strings("metrics")) {
      if (tables.test.isPresent()) {
        terminal.print(
            "  %-34s %15.4f",
            "%s on %s".formatted(metric, tables.test.get().getFileName()),
            result.real(on("test", metric)));
      }
    }
    terminal.print("");
    terminal.print("In %s: model.json, model.safetensors, result.json", folder);
    terminal.print("Next:");
    String skipping = tables.skipped == 0 ? "" : " --skip-lines " + tables.skipped;
    terminal.print(
        "  espalier predict --model %s%s %s", folder, skipping, tables.data.orElseThrow());
  }

  private static String on(String part, String metric) {
    return part + metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1);
  }
}
