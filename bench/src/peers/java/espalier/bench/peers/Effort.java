package espalier.bench.peers;

/**
 * How long a row is measured.
 *
 * @param warmSeconds of each engine before anything counts; at least one run each
 * @param mostWarmSeconds of each engine while there still is something to compile
 * @param seconds of both engines together
 * @param rounds at least
 * @param longRounds at least, where a run takes more than {@link #LONG_SECONDS}
 */
record Effort(
    double warmSeconds, double mostWarmSeconds, double seconds, int rounds, int longRounds) {
  /** What makes a run a long one. */
  static final double LONG_SECONDS = 3;

  /** Every row within a few minutes. */
  static final Effort QUICK = new Effort(0.5, 15, 1, 3, 1);

  /** What is reported. */
  static final Effort FULL = new Effort(3, 60, 6, 5, 5);

  /** Samples wanted of an engine whose run takes {@code seconds}. */
  int rounds(double seconds) {
    return seconds > LONG_SECONDS ? longRounds : rounds;
  }
}
