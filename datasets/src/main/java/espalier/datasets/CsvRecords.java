package espalier.datasets;

import espalier.core.io.DataException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a text of comma-separated values [RFC 4180]: fields in double quotes may hold
 * delimiters and line breaks, and two quotes for one. Empty lines are left out.
 */
final class CsvRecords {
  /** Where fields are parted by white space, several blanks part as one does. */
  static final char BLANK = ' ';

  private static final char QUOTE = '"';
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  private final String source;
  private final String text;
  private final char delimiter;
  private final List<Line> records = new ArrayList<>();
  private int at;
  private int line;

  /**
   * A record.
   *
   * @param number the line of the file it begins on, from 1
   */
  record Line(int number, List<String> fields) {}

  private CsvRecords(String source, String text, int skipped) {
    this.source = source;
    this.text = text;
    this.line = 1;
    for (int i = 0; i < skipped; i++) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        throw new DataException(
            "%s: has %d lines, %d are to be skipped".formatted(source, line, skipped));
      }
      at = end + 1;
      line++;
    }
    this.delimiter = delimiter();
  }

  /** All records behind the first {@code skipped} lines. */
  static List<Line> read(String source, String text, int skipped) {
    CsvRecords records = new CsvRecords(source, text, skipped);
    records.read();
    return records.records;
  }

  /** Of comma, semicolon and tab the most frequent in the first line; blanks if there is none. */
  private char delimiter() {
    int end = text.indexOf('\n', at);
    String first = text.substring(at, end < 0 ? text.length() : end);
    char best = BLANK;
    long most = 0;
    for (char candidate : DELIMITERS) {
      long count = first.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private void read() {
    while (at < text.length()) {
      int start = line;
      List<String> fields = new ArrayList<>();
      boolean more = true;
      while (more) {
        skipBlanks();
        fields.add(at < text.length() && text.charAt(at) == QUOTE ? quoted(fields) : plain());
        skipBlanks();
        more = at < text.length() && text.charAt(at) == delimiter;
        at += more ? 1 : 0;
      }
      endLine(start, fields);
      if (!(fields.size() == 1 && fields.getFirst().isEmpty())) {
        records.add(new Line(start, List.copyOf(fields)));
      }
    }
  }

  private void skipBlanks() {
    while (delimiter == BLANK
        && at + 1 < text.length()
        && text.charAt(at) == BLANK
        && " \r\n".indexOf(text.charAt(at + 1)) >= 0) {
      at++;
    }
  }

  private void endLine(int start, List<String> fields) {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length()) {
      if (text.charAt(at) != '\n') {
        throw new DataException(
            "%s: line %d, field %d: found text behind a closing quote, expected a delimiter"
                .formatted(source, start, fields.size()));
      }
      at++;
      line++;
    }
  }

  private String plain() {
    int start = at;
    while (at < text.length() && !ends(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private boolean ends(char c) {
    return c == delimiter || c == '\n' || c == '\r';
  }

  private String quoted(List<String> before) {
    int start = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == QUOTE) {
        if (at == text.length() || text.charAt(at) != QUOTE) {
          return field.toString();
        }
        at++;
      } else if (c == '\n') {
        line++;
      }
      field.append(c);
    }
    throw new DataException(
        "%s: line %d, field %d: a quote is opened and never closed"
            .formatted(source, start, before.size() + 1));
  }
}
