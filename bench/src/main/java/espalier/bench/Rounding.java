package espalier.bench;

/** How far single precision may be from the reference. */
final class Rounding {
  /*
   * Along a chain of k terms of random sign the partial sums grow like √j, each rounding is at most
   * ε of its partial sum, and the roundings are of random sign too: their norm is about
   * ε·√(Σj / 3) = ε·k / √6 where that of the sum is √k, so the relative error is about 0.4·ε·√k.
   * Ten times that leaves room for a few terms that cancel and is far below what any wrong index,
   * missing tap or swapped operand causes.
   */
  private static final double EPSILON = 0x1p-24;
  private static final double MARGIN = 4;

  /**
   * In a network a pixel near the kink of a rectifier or a tie of a pool may go the other way. One
   * of a channel's n pixels moves the gradients of the weights before it by about 1/√n of their
   * norm, and a checked channel has a few hundred pixels or more. Whatever computes something else
   * differs by the order of 1.
   */
  static final double OF_NETWORKS = 3e-2;

  /**
   * Adam divides a gradient by its own size, so an entry of α whose gradient is lost in rounding
   * moves by the whole rate in either direction, and the rate is a third of what α starts with. A
   * few of its hundred entries may; were half of them wrong, it would differ by 0.8.
   */
  static final double OF_ALPHA = 0.2;

  private Rounding() {}

  /** The relative error, as a norm, of sums of so many products of random sign. */
  static double ofSums(long terms) {
    return MARGIN * EPSILON * Math.sqrt((double) Math.max(1, terms));
  }
}
