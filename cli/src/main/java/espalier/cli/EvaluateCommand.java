package espalier.cli;

import espalier.core.data.Split;
import espalier.core.data.Splits;
import espalier.core.io.DataException;
import espalier.core.io.Image;
import espalier.core.io.Json;
import espalier.core.nn.Classification;
import espalier.core.nn.Model;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained model on a part of a data set. */
@Command(
    name = "evaluate",
    description = {
      "Measures a trained model on a part of a data set.",
      "A model in the folder of its run knows that run's images, their division and its seed; what"
          + " is given here comes first."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private static final int BATCH = 64;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "folder of a trained model")
  Path model = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "which images: ${COMPLETION-CANDIDATES}")
  Choice.SplitName split = Choice.SplitName.TEST;

  /** Read by {@link ImageQuery}, beside the seed of the model's run. */
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the division and of generated images (default: the run's, or 1)",
      showDefaultValue = Visibility.NEVER)
  Optional<Long> seed = Optional.empty();

  @Option(names = "--json", description = "print one JSON object and nothing else")
  boolean json;

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @ArgGroup(validate = false, heading = "%nWhat computes:%n")
  EngineOptions engine = new EngineOptions();

  @ArgGroup(validate = false, heading = "%nImages:%n")
  DataOptions data = new DataOptions();

  /** How many images of a split a model was right about. */
  private record Tally(long images, long correct) {
    double accuracy() {
      return (double) correct / images;
    }
  }

  @Override
  public Integer call() {
    try (Backend backend = engine.open(spec);
        Model trained = Model.load(model, backend)) {
      Split images = images();
      Tally tally = measure(trained, images);
      report(tally);
      return ExitCode.DONE.code();
    }
  }

  private void report(Tally tally) {
    Terminal terminal = Espalier.terminal(spec);
    if (json) {
      terminal.print(
          "%s",
          Json.object()
              .with("split", Json.of(split.toString()))
              .with("images", Json.of(tally.images()))
              .with("accuracy", Json.of(tally.accuracy()))
              .compact());
    } else {
      terminal.print(
          "accuracy on %s images: %.2f %% (%d of %d)",
          split, 100 * tally.accuracy(), tally.correct(), tally.images());
    }
  }

  private Split images() {
    ImageQuery query = ImageQuery.of(model, spec);
    query.data.check(new Applicability(query.spec));
    Splits splits = query.data.splits(query.seed);
    return switch (split) {
      case TRAIN -> splits.train();
      case VALID -> splits.valid();
      case TEST ->
          splits
              .test()
              .orElseThrow(() ->
                  new DataException(
                      "%s: has no test images; measure on others with --split valid"
                          .formatted(query.data.data.map(Path::toString).orElse("the data set"))));
    };
  }

  private Tally measure(Model trained, Split images) {
    int[] labels = labels(trained, images);
    long correct = 0;
    for (int from = 0; from < images.size(); from += BATCH) {
      int until = Math.min(images.size(), from + BATCH);
      List<Image> batch = new ArrayList<>();
      for (int i = from; i < until; i++) {
        batch.add(image(images, i));
      }
      List<Classification> answers = trained.classify(batch);
      for (int i = from; i < until; i++) {
        correct += answers.get(i - from).index() == labels[images.label(i)] ? 1 : 0;
      }
    }
    return new Tally(images.size(), correct);
  }

  /** For each class of the data, its position among the model's labels. */
  private int[] labels(Model trained, Split images) {
    List<String> classes = images.classNames();
    int[] labels = new int[classes.size()];
    for (int c = 0; c < labels.length; c++) {
      labels[c] = trained.labels().indexOf(classes.get(c));
      if (labels[c] < 0) {
        throw new DataException(
            "%s: knows no class '%s'; its classes are %s"
                .formatted(model, classes.get(c), String.join(", ", trained.labels())));
      }
    }
    return labels;
  }

  private static Image image(Split images, int position) {
    float[] values = new float[images.image().values()];
    images.read(position, values, 0);
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) Math.round(values[i] * 255);
    }
    return Image.of(images.image(), pixels);
  }
}
