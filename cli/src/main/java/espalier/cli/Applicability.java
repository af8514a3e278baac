package espalier.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses options that were given and would do nothing. */
record Applicability(CommandSpec spec) {

  /** Refuses an option where {@code idle}, saying what it applies to instead. */
  void refuse(String option, boolean idle, String reason) {
    if (idle && spec.commandLine().getParseResult().hasMatchedOption(option)) {
      throw new ParameterException(spec.commandLine(), option + " " + reason);
    }
  }

  /** Refuses several options at once. */
  void refuse(boolean idle, String reason, String... options) {
    for (String option : options) {
      refuse(option, idle, reason);
    }
  }
}
