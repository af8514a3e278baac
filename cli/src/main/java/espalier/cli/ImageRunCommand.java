package espalier.cli;

import espalier.core.io.JsonDocument;
import espalier.core.study.Budget;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A run on images that ends with a trained network. */
abstract class ImageRunCommand extends RunCommand {
  @Option(
      names = "--budget",
      paramLabel = "BUDGET",
      order = 10,
      description =
          "how long: epochs or steps (20epochs, 5000steps) of each phase, exactly; or time (90s,"
              + " 10m, 2h) of the whole command")
  Budget budget = new Budget.Epochs(10);

  @ArgGroup(validate = false, order = 110, heading = "%nImages:%n")
  DataOptions data = new DataOptions();

  @ArgGroup(validate = false, order = 130, heading = "%nThe network that is trained:%n")
  NetworkOptions network = new NetworkOptions();

  @ArgGroup(validate = false, order = 140, heading = "%nIts training:%n")
  OptimizerOptions optimizer = new OptimizerOptions();

  @ArgGroup(validate = false, order = 150, heading = "")
  RecipeOptions recipe = new RecipeOptions();

  @ArgGroup(validate = false, order = 160, heading = "")
  AugmentationOptions augmentation = new AugmentationOptions();

  ImageRunCommand(String kind) {
    super(kind);
  }

  @Override
  final void report(Terminal terminal, Path folder, JsonDocument result) {
    new Summary(terminal, folder).print(result, next(folder));
  }

  /** Command lines that go on with what a run in a folder ended with. */
  List<String> next(Path folder) {
    return List.of(
        "espalier evaluate --model %s%s".formatted(folder, sameImages()),
        "espalier predict --model %s IMAGE...".formatted(folder));
  }

  /** The option that names this run's images, if they were not generated. */
  final String sameImages() {
    return data.data.map(path -> " --data " + path).orElse("");
  }
}
