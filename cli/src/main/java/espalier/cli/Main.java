package espalier.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs the command that {@code args} name and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(writer(System.out), writer(System.err));
    int code = run(terminal, args);
    System.exit(code);
  }

  /** Runs a command as on a pipe; answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(Terminal.plain(out, err), args);
  }

  private static int run(Terminal terminal, String... args) {
    int code = commandLine(terminal).execute(args);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine commandLine = new CommandLine(new Espalier(terminal));
    Conversions.register(commandLine);
    Failures failures = new Failures();
    commandLine
        .setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(terminal.helpWidth())
        .setUsageHelpLongOptionsMaxWidth(28)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
    describe(commandLine.getCommandSpec());
    return commandLine;
  }

  /** What the help of the whole says, and that of each command need not repeat. */
  private static void describe(CommandSpec root) {
    root.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings())
        .footer(
            "",
            "Begin with:",
            "  espalier search                 search on generated images, without any data",
            "  espalier search --help          every option, with its default",
            "  espalier doctor                 what this machine offers",
            "");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
