package espalier.cli;

import java.util.Locale;

/** Lengths of time as people write them. */
final class Durations {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  private Durations() {}

  /** For example 8 s, 4:05 min or 2:07 h. */
  static String of(double seconds) {
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return whole + " s";
    }
    return whole < HOUR
        ? String.format(Locale.ROOT, "%d:%02d min", whole / MINUTE, whole % MINUTE)
        : String.format(Locale.ROOT, "%d:%02d h", whole / HOUR, whole % HOUR / MINUTE);
  }
}
