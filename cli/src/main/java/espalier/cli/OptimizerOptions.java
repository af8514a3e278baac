package espalier.cli;

import espalier.core.train.Adam;
import espalier.core.train.Optimizer;
import espalier.core.train.Sgd;
import picocli.CommandLine.Option;

/** What changes the weights of a network in training. */
final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "what changes the weights: ${COMPLETION-CANDIDATES}")
  Choice.OptimizerName optimizer = Choice.OptimizerName.SGD;

  @Option(names = "--momentum", paramLabel = "M", description = "momentum (sgd only)")
  double momentum = 0.9;

  @Option(names = "--nesterov", description = "Nesterov's form of momentum (sgd only)")
  boolean nesterov;

  @Option(names = "--weight-decay", paramLabel = "D", description = "weight decay")
  double weightDecay = 3e-4;

  @Option(names = "--batch", paramLabel = "N", description = "images of a training step")
  int batch = 64;

  /** Refuses options that would do nothing. */
  void check(Applicability options) {
    boolean sgd = optimizer == Choice.OptimizerName.SGD;
    options.refuse(!sgd, "applies to --optimizer sgd", "--momentum", "--nesterov");
    options.refuse("--nesterov", momentum == 0, "needs a --momentum above 0");
  }

  Optimizer build() {
    return switch (optimizer) {
      case SGD -> new Sgd(momentum, weightDecay, nesterov);
      case ADAM -> new Adam(0.9, 0.999, 1e-8, weightDecay, false);
      case ADAMW -> new Adam(0.9, 0.999, 1e-8, weightDecay, true);
    };
  }
}
