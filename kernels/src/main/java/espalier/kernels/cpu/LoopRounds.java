package espalier.kernels.cpu;

import java.util.Arrays;

/**
 * How many vectors a round of compiled loops has so that what is repeated over the points is the
 * same in every round.
 *
 * @param vectors vectors of a round
 * @param longest the longest period that divides a round; longer ones do not
 */
record LoopRounds(int vectors, int longest) {
  /** Vectors of a round at most: 9 are 36 channels on 16 lanes. */
  static final int MOST_VECTORS = 10;

  /**
   * The rounds for operands with these accesses.
   *
   * @param unit floats that divide a round
   * @param lanes floats of a vector, which divide the unit
   */
  static LoopRounds of(Access[] accesses, int unit, int lanes) {
    int[] periods =
        Arrays.stream(accesses)
            .filter(access -> access.kind() == Access.Kind.PERIODIC)
            .mapToInt(Access::period)
            .sorted()
            .toArray();
    int round = unit;
    int longest = 0;
    for (int period : periods) {
      long next = (long) round / divisor(round, period) * period;
      if (next > (long) MOST_VECTORS * lanes) {
        break;
      }
      round = (int) next;
      longest = period;
    }
    return new LoopRounds(round / lanes, longest);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
