package espalier.cli;

import espalier.core.io.ImageSpec;
import espalier.datasets.Datasets;
import espalier.datasets.Download;
import espalier.datasets.FashionMnist;
import espalier.datasets.GeneratedImages;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Gets images to try things on. */
@Command(
    name = "data",
    description = "Gets images to search and train on.",
    synopsisSubcommandLabel = "NAME",
    commandListHeading = "%nNames:%n",
    subcommands = {DataCommand.Fashion.class, DataCommand.Generated.class})
final class DataCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name what to get: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }

  /** Downloads Fashion-MNIST. */
  @Command(
      name = "fashion-mnist",
      description =
          "Downloads Fashion-MNIST from its publisher, with checksums; run again, it goes on from"
              + " where it was.",
      showDefaultValues = true,
      abbreviateSynopsis = true,
      sortOptions = false)
  static final class Fashion implements Callable<Integer> {
    private static final int MEGABYTE = 1 << 20;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "folder for the files")
    Path out = Path.of("data", "fashion-mnist");

    @Option(
        names = "--from",
        paramLabel = "URL",
        description = "address of a folder with the files")
    URI from = FashionMnist.PUBLISHER;

    @Option(names = "--debug", description = "show the stack trace of a failure")
    boolean debug;

    @Override
    public Integer call() {
      Terminal terminal = Espalier.terminal(spec);
      if (from.getScheme() == null || from.getHost() == null) {
        throw new ParameterException(
            spec.commandLine(), "--from: '%s' is no address of a folder".formatted(from));
      }
      FashionMnist.download(from, out, progress(terminal));
      terminal.print("Complete in %s. Next:", out);
      terminal.print("  espalier search --data %s --out runs/fashion-mnist", out);
      return ExitCode.DONE.code();
    }

    private static Download.Progress progress(Terminal terminal) {
      LiveRegion region = new LiveRegion(terminal.out());
      return (file, done) -> {
        boolean complete = done == file.bytes();
        String line =
            "  %-30s %5.1f of %5.1f MB"
                .formatted(file.name(), (double) done / MEGABYTE, (double) file.bytes() / MEGABYTE);
        if (terminal.isLive()) {
          region.paint(java.util.List.of(line));
        } else if (complete) {
          terminal.print("%s", line);
        }
        if (complete) {
          region.leave();
        }
      };
    }
  }

  /** Writes generated images as files. */
  @Command(
      name = "generated",
      description = "Writes generated images of ten shapes as PNG files, a folder per class.",
      showDefaultValues = true,
      abbreviateSynopsis = true,
      sortOptions = false)
  static final class Generated implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", description = "new folder for the files")
    Path out = Path.of("data", "generated");

    @Option(names = "--train-images", paramLabel = "N", description = "images to learn from")
    int train = Embedded.TRAIN_IMAGES + Embedded.VALID_IMAGES;

    @Option(names = "--test-images", paramLabel = "N", description = "images to test on")
    int test = Embedded.TEST_IMAGES;

    @Option(names = "--image-size", paramLabel = "HxWxC", description = "size of the images")
    ImageSpec size = Embedded.IMAGE;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the images")
    long seed = 1;

    @Option(names = "--debug", description = "show the stack trace of a failure")
    boolean debug;

    @Override
    public Integer call() {
      GeneratedImages images;
      try {
        images = new GeneratedImages(size, seed);
      } catch (IllegalArgumentException refused) {
        throw new ParameterException(spec.commandLine(), Failures.describe(refused), refused);
      }
      images.writeFolders(out, train, test);
      Datasets.open(out);
      Espalier.terminal(spec)
          .print("%d images to learn from and %d to test on are in %s.", train, test, out);
      return ExitCode.DONE.code();
    }
  }
}
