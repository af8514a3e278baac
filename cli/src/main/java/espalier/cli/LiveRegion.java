package espalier.cli;

import java.io.PrintWriter;
import java.util.List;

/** Lines at the end of a terminal that are painted over and over. */
final class LiveRegion {
  /* Lines longer than the terminal is wide would wrap and be counted wrongly: wrapping is off. */
  private static final String CLEAR_TO_END = "\033[J";
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  private final PrintWriter out;
  private int height;

  LiveRegion(PrintWriter out) {
    this.out = out;
  }

  /** Replaces what was painted last. */
  void paint(List<String> lines) {
    StringBuilder text = new StringBuilder(NO_WRAP);
    text.append(height > 0 ? "\033[%dA".formatted(height) : "").append('\r').append(CLEAR_TO_END);
    lines.forEach(line -> text.append(line).append('\n'));
    out.print(text.append(WRAP));
    out.flush();
    height = lines.size();
  }

  /** Leaves what was painted last where it is. */
  void leave() {
    height = 0;
  }
}
