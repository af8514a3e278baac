package espalier.cli;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import espalier.core.study.RunStopped;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code; the trace is shown with --debug. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String message = sentence(explained(failure));
    command.getErr().println("espalier: %s; see %s".formatted(message, help));
    return ExitCode.USAGE.code();
  }

  private static String explained(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(failure.getCommandLine(), unmatched.getUnmatched().getFirst());
    }
    return describe(failure);
  }

  private static String unmatched(CommandLine command, String argument) {
    if (argument.startsWith("-")) {
      String name = argument.split("=", 2)[0];
      List<String> known =
          command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
      return "unknown option '%s', did you mean '%s'?".formatted(name, NearestName.of(name, known));
    }
    if (!command.getSubcommands().isEmpty()) {
      return "unknown command '%s', did you mean '%s'?"
          .formatted(argument, NearestName.of(argument, command.getSubcommands().keySet()));
    }
    return "unexpected argument '%s'".formatted(argument);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    ExitCode code = code(failure);
    err.println("espalier: " + sentence(describe(failure)));
    if (isDebugged(parsed)) {
      failure.printStackTrace(err);
    } else if (code == ExitCode.FAILURE) {
      err.println("espalier: --debug shows where it happened");
    }
    return code.code();
  }

  private static boolean isDebugged(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption("--debug"));
  }

  private static ExitCode code(Exception failure) {
    return switch (failure) {
      case DataException _ -> ExitCode.BAD_DATA;
      case OutputException _, UncheckedIOException _ -> ExitCode.OUTPUT;
      case RunStopped stopped ->
          switch (stopped.reason()) {
            case CANCELLED -> ExitCode.CANCELLED;
            case DIVERGED, DISCONNECTED, NOTHING_FOUND -> ExitCode.DIVERGED;
          };
      default -> ExitCode.FAILURE;
    };
  }

  /** What a failure says of itself. */
  static String describe(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .filter(message -> !message.isBlank())
        .orElse(failure.getClass().getSimpleName());
  }

  /** One line, whatever the message holds. */
  private static String sentence(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
