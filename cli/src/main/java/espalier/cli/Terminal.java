package espalier.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a command writes.
 *
 * @param isLive whether a person watches, so that what was written can be painted over
 * @param width columns of a line
 */
record Terminal(PrintWriter out, PrintWriter err, boolean isLive, int width) {
  private static final int COLUMNS = 80;
  private static final int MOST_HELP_COLUMNS = 100;

  /** A pipe or file. */
  static Terminal plain(PrintWriter out, PrintWriter err) {
    return new Terminal(out, err, false, COLUMNS);
  }

  /** This terminal, on which nothing but warnings is seen. */
  Terminal silent() {
    return new Terminal(new PrintWriter(Writer.nullWriter()), err, false, width);
  }

  /** What this process was started on. */
  @SuppressWarnings("SystemConsoleNull") // It is null in a process without a terminal.
  static Terminal ofProcess(PrintWriter out, PrintWriter err) {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    boolean live = terminal && !"dumb".equals(System.getenv("TERM"));
    return new Terminal(out, err, live, columns());
  }

  private static int columns() {
    return Optional.ofNullable(System.getenv("COLUMNS"))
        .filter(text -> text.matches("[1-9]\\d{1,3}"))
        .map(Integer::parseInt)
        .orElse(COLUMNS);
  }

  int helpWidth() {
    return Math.clamp(width, COLUMNS, MOST_HELP_COLUMNS);
  }

  /** Writes a line. */
  void print(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** Writes a line about what goes on, or went wrong. */
  void warn(String format, Object... arguments) {
    err.println("espalier: " + String.format(Locale.ROOT, format, arguments));
    err.flush();
  }
}
