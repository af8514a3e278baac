package espalier.core.space;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import java.util.List;

/**
 * Reads a notation from left to right; errors name the place, what was found and what was wanted.
 */
public final class NotationReader {
  private final String notation;
  private final String text;
  private int at;

  /** Reads {@code text}, which errors call {@code notation}. */
  public NotationReader(String notation, String text) {
    this.notation = notation;
    this.text = text;
  }

  void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /** Whether {@code wanted} comes next; then it is read. */
  public boolean accept(String wanted) {
    skipSpace();
    boolean there = text.startsWith(wanted, at);
    at += there ? wanted.length() : 0;
    return there;
  }

  /** Whether {@code wanted} comes next; it is not read. */
  public boolean comes(String wanted) {
    skipSpace();
    return text.startsWith(wanted, at);
  }

  /** Whether the whole word {@code wanted} comes next; then it is read. */
  boolean acceptWord(String wanted) {
    skipSpace();
    int end = at + wanted.length();
    return comes(wanted)
        && (end >= text.length() || !isWordPart(text.charAt(end)))
        && accept(wanted);
  }

  /** Reads {@code wanted}, which must come next. */
  public void expect(String wanted) {
    if (!accept(wanted)) {
      throw error("'" + wanted + "'");
    }
  }

  /** Nothing but white space may be left. */
  public void expectEnd() {
    skipSpace();
    if (at < text.length()) {
      throw error("the end");
    }
  }

  /** A word of letters, digits and underscores. */
  public String word(String wanted) {
    skipSpace();
    int from = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    if (from == at) {
      throw error(wanted);
    }
    return text.substring(from, at);
  }

  private static boolean isWordPart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** A whole number within bounds. */
  public int number(String wanted, int smallest, int largest) {
    skipSpace();
    int from = at;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(Integer.MAX_VALUE, 10 * value + text.charAt(at) - '0');
      at++;
    }
    if (from == at || value < smallest || value > largest) {
      at = from;
      throw error(
          smallest == largest
              ? "%s %d".formatted(wanted, smallest)
              : "%s from %d to %d".formatted(wanted, smallest, largest));
    }
    return (int) value;
  }

  /** One of {@code known} by its name. */
  Operation operation(List<? extends Operation> known) {
    skipSpace();
    int from = at;
    String label = word("the name of an operation");
    for (Operation operation : known) {
      if (operation.label().equals(label)) {
        return operation;
      }
    }
    String nearest = NearestName.of(label, known.stream().map(Operation::label).toList());
    throw new DataException(
        "%s: unknown operation '%s' at %d; did you mean '%s'?"
            .formatted(notation, label, from + 1, nearest));
  }

  /** The error that something else stands here. */
  public DataException error(String wanted) {
    skipSpace();
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new DataException(
        "%s: found %s at %d, expected %s".formatted(notation, found, at + 1, wanted));
  }
}
