package espalier.cli;

import espalier.core.io.Image;
import espalier.core.io.Json;
import espalier.core.nn.Classification;
import espalier.core.nn.Model;
import espalier.core.nn.TableModel;
import espalier.datasets.PictureFiles;
import espalier.kernels.spi.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in pictures, or what the rows of a table come to. */
@Command(
    name = "predict",
    description = "Says what a trained model takes pictures, or the rows of a table, for.",
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  /**
   * Pictures are read, classified and forgotten in groups, so a large folder needs no more memory.
   */
  private static final int GROUP = 64;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "PNG or JPEG files, or folders of them; CSV files for a model of tables")
  List<Path> images = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "folder of a trained model")
  Path model = Path.of("");

  @Option(names = "--top", paramLabel = "N", description = "how many classes to name")
  int top = 1;

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      description = "lines of a CSV file before the first that counts")
  int skipped;

  @Option(names = "--json", description = "print one JSON array and nothing else")
  boolean json;

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @ArgGroup(validate = false, heading = "%nWhat computes:%n")
  EngineOptions engine = new EngineOptions();

  @Override
  public Integer call() {
    if (top < 1) {
      throw new ParameterException(
          spec.commandLine(), "--top: found %d, expected 1 or more".formatted(top));
    }
    if (skipped < 0) {
      throw new ParameterException(
          spec.commandLine(), "--skip-lines: found %d, expected 0 or more".formatted(skipped));
    }
    if (TableModel.isIn(model)) {
      requireDefault("--top", top == 1, "pictures; this model takes in the rows of tables");
      return new TablePredictions(spec, model, skipped, json).print(images, engine);
    }
    requireDefault("--skip-lines", skipped == 0, "tables; this model takes in pictures");
    List<Path> files = files();
    try (Backend backend = engine.open(spec);
        Model trained = Model.load(model, backend)) {
      List<Json> answers = new ArrayList<>();
      for (int from = 0; from < files.size(); from += GROUP) {
        List<Path> group = files.subList(from, Math.min(files.size(), from + GROUP));
        List<Image> pictures = group.stream().map(PictureFiles::read).toList();
        List<Classification> found = trained.classify(pictures);
        for (int i = 0; i < group.size(); i++) {
          answers.add(report(group.get(i), found.get(i), trained.labels()));
        }
      }
      if (json) {
        Espalier.terminal(spec).print("%s", Json.array(answers).compact());
      }
    }
    return ExitCode.DONE.code();
  }

  private void requireDefault(String option, boolean isDefault, String where) {
    if (!isDefault) {
      throw new ParameterException(
          spec.commandLine(), "%s: applies to models of %s".formatted(option, where));
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path image : images) {
      if (Files.isDirectory(image)) {
        files.addAll(PictureFiles.list(image));
      } else {
        files.add(image);
      }
    }
    return files;
  }

  private Json report(Path file, Classification found, List<String> labels) {
    List<Integer> best =
        IntStream.range(0, labels.size())
            .boxed()
            .sorted(Comparator.comparing(found.probabilities()::get).reversed())
            .limit(top)
            .toList();
    if (!json) {
      Espalier.terminal(spec)
          .print(
              "%s: %s",
              file,
              best.stream()
                  .map(c ->
                      String.format(
                          Locale.ROOT,
                          "%s %.1f %%",
                          labels.get(c),
                          100 * found.probabilities().get(c)))
                  .collect(Collectors.joining(", ")));
    }
    return Json.object()
        .with("file", Json.of(file.toString()))
        .with("label", Json.of(found.label()))
        .with("probability", Json.of(found.probability()))
        .with(
            "top",
            Json.array(
                best.stream()
                    .map(c ->
                        Json.object()
                            .with("label", Json.of(labels.get(c)))
                            .with("probability", Json.of(found.probabilities().get(c))))
                    .toList()));
  }
}
