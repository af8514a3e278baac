package espalier.cli;

import espalier.core.train.Optimizer;
import picocli.CommandLine.Option;

/** What changes the weights of a network in training. */
final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "what changes the weights: ${COMPLETION-CANDIDATES}")
  Choice.OptimizerName optimizer = Choice.OptimizerName.SGD;

  @Option(names = "--momentum", paramLabel = "M", description = "momentum (sgd only)")
  double momentum = Choice.OptimizerName.MOMENTUM;

  @Option(names = "--nesterov", description = "Nesterov's form of momentum (sgd only)")
  boolean nesterov;

  @Option(names = "--weight-decay", paramLabel = "D", description = "weight decay")
  double weightDecay = Choice.OptimizerName.WEIGHT_DECAY;

  @Option(names = "--batch", paramLabel = "N", description = "images of a training step")
  int batch = 64;

  /** Refuses options that would do nothing. */
  void check(Applicability options) {
    boolean sgd = optimizer == Choice.OptimizerName.SGD;
    options.refuse(!sgd, "applies to --optimizer sgd", "--momentum", "--nesterov");
    options.refuse("--nesterov", momentum == 0, "needs a --momentum above 0");
  }

  Optimizer build() {
    return optimizer.build(momentum, weightDecay, nesterov);
  }
}
