package espalier.bench.peers;

/**
 * How long a row is measured.
 *
 * @param warmSeconds of each engine before anything counts; at least one run each
 * @param mostWarmSeconds of each engine while there still is something to compile
 * @param seconds of both engines together
 * @param rounds at least
 */
record Effort(double warmSeconds, double mostWarmSeconds, double seconds, int rounds) {
  /** Every row within a few minutes. */
  static final Effort QUICK = new Effort(0.5, 15, 1, 1);

  /** What is reported. */
  static final Effort FULL = new Effort(3, 60, 6, 5);
}
