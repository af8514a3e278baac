package espalier.core.strategy;

/**
 * Mixes N experts whose losses all become known: each loses weight exponentially in its loss
 * [Freund and Schapire 1997]. With {@link #rate(int, long)} the expected loss exceeds the best
 * expert's by at most √(T ln N / 2) in T rounds.
 */
public final class HedgeLearner {
  private final double rate;
  private final double[] logWeights;

  /** Equal weights; {@code rate} is the η of exp(-η · loss). */
  public HedgeLearner(int experts, double rate) {
    if (experts < 1 || !(rate > 0)) {
      throw new IllegalArgumentException(
          "hedge: %d experts and rate %s, expected 1 or more, and above 0"
              .formatted(experts, rate));
    }
    this.rate = rate;
    this.logWeights = new double[experts];
  }

  /** The rate for which the bound holds. */
  public static double rate(int experts, long rounds) {
    return Math.sqrt(8 * StrictMath.log(experts) / rounds);
  }

  /** How much each expert is trusted. */
  public double[] probabilities() {
    return Distribution.softmax(logWeights);
  }

  /** Learns the loss, of [0, 1], of every expert. */
  public void learn(double[] losses) {
    for (int expert = 0; expert < logWeights.length; expert++) {
      logWeights[expert] -= rate * losses[expert];
    }
  }
}
