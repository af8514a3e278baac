package espalier.cli;

import espalier.core.io.Json;
import espalier.core.io.Table;
import espalier.core.nn.Classification;
import espalier.core.nn.TableModel;
import espalier.datasets.CsvTable;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Says what a model of tables makes of the rows of CSV files.
 *
 * @param skipped lines of each file before the first that counts
 */
record TablePredictions(CommandSpec spec, Path model, int skipped, boolean json) {

  Integer print(List<Path> files, EngineOptions engine) {
    List<Json> answers = new ArrayList<>();
    try (Backend backend = engine.open(spec);
        TableModel trained = TableModel.load(model, backend)) {
      for (Path file : files) {
        Table rows = CsvTable.read(file, skipped).table(trained.input());
        if (trained.isClassifier()) {
          classes(file, trained.classify(rows), answers);
        } else {
          amounts(file, trained.amounts(rows), answers);
        }
      }
    }
    if (json) {
      Espalier.terminal(spec).print("%s", Json.array(answers).compact());
    }
    return ExitCode.DONE.code();
  }

  private void classes(Path file, List<Classification> found, List<Json> answers) {
    for (int row = 0; row < found.size(); row++) {
      Classification one = found.get(row);
      line(file, row, "%s %.1f %%", one.label(), 100 * one.probability());
      answers.add(
          answer(file, row)
              .with("label", Json.of(one.label()))
              .with("probability", Json.of(one.probability())));
    }
  }

  private void amounts(Path file, double[] found, List<Json> answers) {
    for (int row = 0; row < found.length; row++) {
      line(file, row, "%.6g", found[row]);
      answers.add(answer(file, row).with("value", Json.of(found[row])));
    }
  }

  private void line(Path file, int row, String format, Object... arguments) {
    if (!json) {
      Espalier.terminal(spec)
          .print("%s, row %d: %s", file, row + 1, String.format(Locale.ROOT, format, arguments));
    }
  }

  private static Json.Obj answer(Path file, int row) {
    return Json.object().with("file", Json.of(file.toString())).with("row", Json.of(row + 1));
  }
}
