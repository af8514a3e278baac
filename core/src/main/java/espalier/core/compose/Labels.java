package espalier.core.compose;

import java.util.HashSet;
import java.util.List;

/** What options and parts may be called, so that decisions can be printed and read. */
final class Labels {
  private static final String RESERVED = "{}[](),:";

  private Labels() {}

  /** Whether a label may hold this character. */
  static boolean mayHold(char c) {
    return !Character.isWhitespace(c) && RESERVED.indexOf(c) < 0;
  }

  /**
   * Requires labels that differ and can be told from what is around them.
   *
   * @throws IllegalArgumentException naming the label
   */
  static void requireDistinct(String what, List<String> labels) {
    HashSet<String> seen = new HashSet<>();
    for (String label : labels) {
      if (label.isEmpty() || !label.chars().allMatch(c -> mayHold((char) c))) {
        throw new IllegalArgumentException(
            "%s: label '%s', expected characters other than spaces and %s"
                .formatted(what, label, RESERVED));
      }
      if (!seen.add(label)) {
        throw new IllegalArgumentException(
            "%s: two are called '%s', expected labels that differ".formatted(what, label));
      }
    }
  }
}
