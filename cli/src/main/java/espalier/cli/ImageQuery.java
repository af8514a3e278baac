package espalier.cli;

import espalier.core.study.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The images that a run had, except where the command at hand names others. */
@Command
final class ImageQuery {
  private static final String DATA = "--data";

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(names = "--seed")
  long seed = 1;

  @ArgGroup(validate = false)
  DataOptions data = new DataOptions();

  /** The images of the model in {@code folder}, as changed by the options given to a command. */
  static ImageQuery of(Path folder, CommandSpec command) {
    List<String> recorded =
        RunFolder.startOf(folder).map(start -> start.arguments()).orElse(List.of());
    boolean others =
        command.commandLine().getParseResult().hasMatchedOption(DATA)
            && recorded.stream().noneMatch(argument -> argument.startsWith(DATA + "="));
    List<String> arguments = new ArrayList<>(others ? List.of() : recorded);
    arguments.addAll(Arguments.given(command));
    ImageQuery query = new ImageQuery();
    CommandLine line = new CommandLine(query);
    Conversions.register(line);
    line.setOverwrittenOptionsAllowed(true);
    line.setUnmatchedArgumentsAllowed(true);
    line.parseArgs(arguments.toArray(String[]::new));
    return query;
  }
}
