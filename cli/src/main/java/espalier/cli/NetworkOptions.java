package espalier.cli;

import espalier.core.space.DartsMacro;
import picocli.CommandLine.Option;

/** The network that a found architecture is put into. */
final class NetworkOptions {
  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "channels of the first cells; of growing and mobile-small those of the narrowest layers")
  int channels = 16;

  @Option(
      names = "--cells",
      paramLabel = "N",
      description =
          "number of cells; of the spaces nasbench201 and nasbench101 in each of three stages; of"
              + " chain and growing the most layers")
  int cells = 5;

  @Option(
      names = "--stem",
      paramLabel = "NAME",
      description = "how an image becomes features: ${COMPLETION-CANDIDATES} (darts only)")
  Choice.StemName stem = Choice.StemName.CIFAR;

  @Option(
      names = "--auxiliary",
      description = "train with an auxiliary head after two thirds of the cells (darts only)")
  boolean auxiliary;

  /** Refuses options that would do nothing. */
  void check(Applicability options, boolean isDarts) {
    options.refuse(!isDarts, "applies to the space darts", "--stem", "--auxiliary");
  }

  DartsMacro darts(double dropPath) {
    return new DartsMacro(stem.stem(), channels, cells, auxiliary, dropPath > 0);
  }
}
