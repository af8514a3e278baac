package espalier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The options a run was asked for with, as its journal keeps them. */
final class Arguments {
  /** Where a run lies, and what may differ when it goes on. */
  private static final Set<String> NOT_RECORDED =
      Set.of("--out", "--resume", "--threads", "--json", "--debug");

  private Arguments() {}

  /** The options given to a command, from which {@link #replay} makes it again in any folder. */
  static List<String> given(CommandSpec spec) {
    List<String> arguments = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (isRecorded(option)) {
        arguments.add(
            option.arity().max() == 0
                ? option.longestName()
                : option.longestName() + "=" + text(option));
      }
    }
    return arguments;
  }

  private static boolean isRecorded(OptionSpec option) {
    return !NOT_RECORDED.contains(option.longestName());
  }

  private static String text(OptionSpec option) {
    Object value = option.getValue();
    Object content = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
    return content instanceof Path path
        ? path.toAbsolutePath().normalize().toString()
        : content.toString();
  }

  /**
   * Gives a blank command the recorded options.
   *
   * @throws ParameterException if {@code again}, the options given with --resume, contradict them
   */
  static void replay(List<String> recorded, CommandSpec again, Object blank) {
    CommandLine command = new CommandLine(blank);
    Conversions.register(command);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.parseArgs(recorded.toArray(String[]::new));
    for (OptionSpec option : again.commandLine().getParseResult().matchedOptions()) {
      OptionSpec before = command.getCommandSpec().findOption(option.longestName());
      if (isRecorded(option) && !Objects.equals(comparable(option), comparable(before))) {
        throw new ParameterException(
            again.commandLine(),
            "%s %s contradicts the run, which has %s; leave it out or start in another folder"
                .formatted(option.longestName(), comparable(option), comparable(before)));
      }
    }
  }

  private static String comparable(OptionSpec option) {
    Object value = option.getValue();
    return value instanceof Optional<?> optional && optional.isEmpty() ? "none" : text(option);
  }
}
