package espalier.cli;

/** How fast a phase goes, for the time left. */
final class Pace {
  /** Code is still being compiled in the first steps. */
  private static final int WARM_UP_STEPS = 3;

  private long first = -1;
  private long firstNanos;
  private long last;
  private long lastNanos;

  /** A step was done. */
  void tick(long step) {
    long now = System.nanoTime();
    if (first < 0 || step <= first || step == first + WARM_UP_STEPS) {
      first = first < 0 || step <= first ? step : first;
      firstNanos = now;
    }
    last = step;
    lastNanos = now;
  }

  /** The time until {@code steps} are done, in words. */
  String left(long steps) {
    long counted = last - first - (last > first + WARM_UP_STEPS ? WARM_UP_STEPS : 0);
    if (first < 0 || counted < 1) {
      return "";
    }
    double seconds = (lastNanos - firstNanos) / 1e9 / counted * (steps - last);
    return Durations.of(seconds) + " left";
  }
}
