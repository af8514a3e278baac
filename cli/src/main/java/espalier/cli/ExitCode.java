package espalier.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command ends with. */
enum ExitCode {
  DONE(0, "done"),
  FAILURE(1, "failed for a reason that is none of the others"),
  USAGE(2, "an option or argument is unknown, malformed or does not apply"),
  BAD_DATA(3, "a data set, image, genotype, model or journal is missing or damaged"),
  DIVERGED(
      4,
      "nothing to learn: the loss is no longer a number, no path leads from image to output, or no"
          + " candidate is within the limits"),
  OUTPUT(5, "the results cannot be written, or the folder holds something else"),
  CANCELLED(130, "stopped by Ctrl-C; --resume goes on (143: stopped by a kill signal)");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /** Every code with its meaning, as a list in the help. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode exit : values()) {
      meanings.put(" " + exit.code, exit.meaning);
    }
    return meanings;
  }
}
