package espalier.cli;

import espalier.core.study.Provenance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that holds all others. */
@Command(
    name = "espalier",
    description = "Grows neural networks: searches for an architecture, trains it, uses it.",
    versionProvider = Espalier.Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%n",
    sortOptions = false,
    usageHelpAutoWidth = false,
    subcommands = {
      SearchCommand.class,
      TrainCommand.class,
      LanguageCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      CountCommand.class,
      TableCommand.class,
      CompareCommand.class,
      OracleCommand.class,
      DataCommand.class,
      DoctorCommand.class
    })
final class Espalier implements Runnable {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  Espalier(Terminal terminal) {
    this.terminal = terminal;
  }

  Terminal terminal() {
    return terminal;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "name a command: " + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }

  /** Says which release this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"espalier " + Provenance.VERSION, "Java " + Runtime.version()};
    }
  }

  /** The terminal of the command that {@code spec} describes. */
  static Terminal terminal(CommandSpec spec) {
    CommandLine root = spec.root().commandLine();
    Espalier espalier = root.getCommand();
    return espalier.terminal();
  }
}
