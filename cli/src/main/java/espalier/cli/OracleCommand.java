package espalier.cli;

import espalier.core.oracle.Oracle;
import espalier.core.study.Budget;
import espalier.datasets.PocketOracle;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the table of all networks of the pocket space. */
@Command(
    name = "oracle",
    description = {
      "Trains every network of the pocket space from every seed and writes the learning curves.",
      "Stopped or killed and run again, it goes on where it was."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class OracleCommand implements Callable<Integer> {
  /** Rows between two lines of progress. */
  private static final int STRIDE = 64;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "CSV file that grows by a line for each training")
  Path out = Path.of("");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = "how long to go on before stopping in between, such as 90s, 50m or 2h")
  String budget = "50m";

  @ArgGroup(validate = false, heading = "%nEngine:%n")
  EngineOptions engine = new EngineOptions();

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  @Override
  public Integer call() {
    long limit = nanoseconds();
    Terminal terminal = Espalier.terminal(spec);
    long start = System.nanoTime();
    Oracle oracle = PocketOracle.making(System::nanoTime);
    try (Backend backend = engine.open(spec);
        Interruption interruption = new Interruption(() -> {})) {
      boolean isWhole =
          oracle.write(
              out,
              backend,
              (done, all) -> {
                if (done % STRIDE == 0 || done == all) {
                  terminal.print("  %,6d of %,d trainings", done, all);
                }
              },
              () -> interruption.isRequested() || System.nanoTime() - start >= limit);
      terminal.print(
          "%s", isWhole ? out + " is complete" : out + " is not complete; run it again to go on");
    }
    return ExitCode.DONE.code();
  }

  private long nanoseconds() {
    try {
      if (Budget.parse(budget) instanceof Budget.Time(var limit)) {
        return limit.toNanos();
      }
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(spec.commandLine(), "--" + malformed.getMessage(), malformed);
    }
    throw new ParameterException(
        spec.commandLine(), "--budget: found '%s', expected a time, 50m say".formatted(budget));
  }
}
