package espalier.cli;

import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.Column;
import espalier.core.io.DataException;
import espalier.core.io.Table;
import espalier.datasets.CsvTable;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which table, what is to be told of its rows, and which rows to test on. */
final class TableOptions {
  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "CSV file, may be packed by gzip; needed unless --resume is given",
      showDefaultValue = Visibility.NEVER)
  Optional<Path> data = Optional.empty();

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
      description = "lines of --data, and of --test, before the first that counts")
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
      names = "--test",
      paramLabel = "FILE",
      description = "CSV file of the same columns, to measure the model on in the end",
      showDefaultValue = Visibility.NEVER)
  Optional<Path> test = Optional.empty();

  @Option(
      names = "--test-target-data",
      paramLabel = "FILE",
      description = "what --target-data is to --data, to --test",
      showDefaultValue = Visibility.NEVER)
  Optional<Path> testTargetData = Optional.empty();

  /** A table to learn from and, if there is one, another to test on. */
  record Tables(LabelledTable learnt, Optional<LabelledTable> test) {}

  /**
   * Reads the tables.
   *
   * @throws DataException if they are missing, damaged or do not fit together
   */
  Tables read(CommandSpec spec) {
    Path file =
        data.orElseThrow(
            () -> new ParameterException(spec.commandLine(), "name a table with --data"));
    if (skipped < 0) {
      throw new ParameterException(
          spec.commandLine(), "--skip-lines: found %d, expected 0 or more".formatted(skipped));
    }
    new Applicability(spec)
        .refuse(
            "--test-target-data",
            test.isEmpty() || targetData.isEmpty(),
            "applies to --test beside --target-data");
    if (test.isPresent() && targetData.isPresent() != testTargetData.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--test asks for --test-target-data, as the target of --data is in a file of its own");
    }
    Table features = CsvTable.read(file, skipped).table();
    Table targets = targetData.map(apart -> CsvTable.read(apart, 0).table()).orElse(features);
    String name = target.orElseGet(() -> targets.names().getLast());
    Column column = targets.column(name);
    requireAsMany(file, features, targetData, targets);
    Target learnt =
        Target.of(column, task.map(Choice.TableTask::kind).orElseGet(() -> Target.kind(column)));
    return new Tables(
        labelled(features, targetData, name, learnt),
        test.map(other -> test(other, features, targets, name, learnt)));
  }

  private LabelledTable test(Path file, Table features, Table targets, String name, Target learnt) {
    Table rows = CsvTable.read(file, skipped).table(features);
    Table answers =
        testTargetData.map(apart -> CsvTable.read(apart, 0).table(targets)).orElse(rows);
    requireAsMany(file, rows, testTargetData, answers);
    Target told = told(testTargetData.orElse(file), answers, name, learnt);
    return labelled(rows, testTargetData, name, told);
  }

  private static Target told(Path file, Table answers, String name, Target learnt) {
    try {
      return Target.of(answers.column(name), learnt);
    } catch (DataException unfit) {
      throw new DataException("%s: %s".formatted(file, Failures.describe(unfit)), unfit);
    }
  }

  private static void requireAsMany(Path file, Table rows, Optional<Path> apart, Table targets) {
    if (rows.rows() != targets.rows()) {
      throw new DataException(
          "%s: has %d rows, %s has %d"
              .formatted(apart.orElse(file), targets.rows(), file, rows.rows()));
    }
  }

  private static LabelledTable labelled(
      Table table, Optional<Path> apart, String name, Target target) {
    return new LabelledTable(apart.isPresent() ? table : table.without(name), target);
  }
}
