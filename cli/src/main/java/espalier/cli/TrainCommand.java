package espalier.cli;

import espalier.core.data.Splits;
import espalier.core.nn.Network;
import espalier.core.study.TrainStudy;
import espalier.core.train.Classes;
import espalier.core.train.Recipe;
import espalier.core.train.TaskGraphs;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Trains one network and measures it once on the test images. */
@Command(
    name = "train",
    description =
        "Trains an architecture that was found, or a hand-drawn network, and tests it once.",
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class TrainCommand extends ImageRunCommand {
  @ArgGroup(validate = false, order = 90, heading = "%nWhich network:%n")
  ArchitectureOptions architecture = new ArchitectureOptions();

  TrainCommand() {
    super("train");
  }

  @Override
  RunCommand blank() {
    return new TrainCommand();
  }

  @Override
  Prepared prepare(List<String> arguments) {
    TrainStudy study = study(arguments);
    return (backend, folder, listener) -> {
      try (TrainStudy.Result result = study.run(backend, Optional.of(folder), listener)) {
        return result.json();
      }
    };
  }

  /** The study that the options describe. */
  TrainStudy study(List<String> arguments) {
    Applicability options = new Applicability(spec);
    architecture.check(options);
    boolean isDarts = architecture.isDarts();
    data.check(options);
    network.check(options, isDarts);
    optimizer.check(options);
    recipe.check(options, isDarts, network.auxiliary);
    Recipe training =
        usage(() -> recipe.build(optimizer.build(), optimizer.batch, augmentation.build()));
    Architecture named = usage(() -> architecture.resolve(network, recipe.dropPath));
    Splits splits = data.splits(seed);
    return usage(() -> {
      int classes = splits.train().classNames().size();
      Network built = named.network().apply(classes);
      // A network that cannot be built for images of this size is refused before anything starts.
      TaskGraphs.training(built, Classes.ofImages(splits.train().image(), classes), training);
      return new TrainStudy(
          named.notation(),
          named.around(),
          built,
          splits,
          training,
          budget,
          recipe.trainOnAll,
          seed,
          arguments);
    });
  }
}
