package espalier.cli;

import espalier.core.io.ImageSpec;
import espalier.core.io.Json;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.train.Classes;
import espalier.core.train.MemoryFigure;
import espalier.core.train.Recipe;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Counts a network without running it. */
@Command(
    name = "count",
    description = {
      "Counts a network's parameters, multiply-accumulates and training memory, running nothing.",
      "Counts are of what the network declares; those of what reaches its output stand beside them."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class CountCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nWhich network:%n")
  ArchitectureOptions architecture = new ArchitectureOptions();

  @ArgGroup(validate = false, heading = "")
  NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "whose state takes memory: ${COMPLETION-CANDIDATES}")
  Choice.OptimizerName optimizer = Choice.OptimizerName.SGD;

  @Option(names = "--batch", paramLabel = "N", description = "images of a training step")
  int batch = 64;

  @Option(names = "--classes", paramLabel = "N", description = "number of classes")
  int classes = 10;

  @Option(
      names = "--input",
      paramLabel = "HxWxC",
      description = "size of an image: height, width, channels")
  ImageSpec input = new ImageSpec(32, 32, 3);

  @Option(
      names = "--json",
      description = "print one JSON object and nothing else: params, macs, peakTrainBytes")
  boolean json;

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @Override
  public Integer call() {
    Applicability options = new Applicability(spec);
    architecture.check(options);
    network.check(options, architecture.isDarts());
    Architecture named = usage(() -> architecture.resolve(network, 0));
    usage(() -> {
      report(named.network().apply(classes));
      return classes;
    });
    return ExitCode.DONE.code();
  }

  private void report(Network built) {
    Terminal terminal = Espalier.terminal(spec);
    NetworkCounts declared = NetworkCounts.declared(built, input);
    Recipe recipe =
        Recipe.standard().withBatchSize(batch).with(optimizer.standard(), progress -> 0);
    MemoryFigure memory = MemoryFigure.training(built, Classes.ofImages(input, classes), recipe);
    if (json) {
      terminal.print(
          "%s",
          Json.object()
              .with("params", Json.of(declared.parameters()))
              .with("macs", Json.of(declared.multiplyAccumulates()))
              .with("peakTrainBytes", Json.of(memory.peakBytes()))
              .compact());
      return;
    }
    NetworkCounts live = NetworkCounts.live(built, input);
    terminal.print(
        "  %-34s %,17d%s",
        "parameters", declared.parameters(), alive(declared.parameters(), live.parameters()));
    terminal.print(
        "  %-34s %,17d%s",
        "multiply-accumulates an image",
        declared.multiplyAccumulates(),
        alive(declared.multiplyAccumulates(), live.multiplyAccumulates()));
    terminal.print("  %-34s %,17d", "bytes to train in batches of " + batch, memory.peakBytes());
    terminal.print("    %-32s %,17d", "variables and optimiser state", memory.variableBytes());
    terminal.print("    %-32s %,17d", "arena of a step", memory.arenaBytes());
  }

  private static String alive(long declared, long live) {
    return declared == live
        ? "   all reach the output"
        : String.format(Locale.ROOT, "   %,d reach the output", live);
  }

  private <T> T usage(Supplier<T> building) {
    try {
      return building.get();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw new ParameterException(spec.commandLine(), Failures.describe(refused), refused);
    }
  }
}
