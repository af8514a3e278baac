package espalier.core.strategy;

/**
 * Plays one of K arms a round and learns only its reward: exponential weights for exploration and
 * exploitation [Auer, Cesa-Bianchi, Freund, Schapire 2002]. With {@link #gamma(int, long)} the
 * expected reward falls short of the best arm's by at most 2 √(e-1) √(T K ln K) in T rounds.
 */
public final class Exp3Learner {
  private final double gamma;
  private final double[] logWeights;

  /** {@code gamma}, of (0, 1], is the share of plays that ignore what was learnt. */
  public Exp3Learner(int arms, double gamma) {
    if (arms < 1 || !(gamma > 0) || gamma > 1) {
      throw new IllegalArgumentException(
          "exp3: %d arms and gamma %s, expected 1 or more, and of (0, 1]".formatted(arms, gamma));
    }
    this.gamma = gamma;
    this.logWeights = new double[arms];
  }

  /** The share for which the bound holds. */
  public static double gamma(int arms, long rounds) {
    double best = arms * StrictMath.log(arms) / ((Math.E - 1) * rounds);
    return Math.min(1, Math.sqrt(best));
  }

  /** How likely each arm is to be played. */
  public double[] probabilities() {
    double[] probabilities = Distribution.softmax(logWeights);
    for (int arm = 0; arm < probabilities.length; arm++) {
      probabilities[arm] = (1 - gamma) * probabilities[arm] + gamma / probabilities.length;
    }
    return probabilities;
  }

  /** Learns the reward, of [0, 1], of an arm that was played with this probability. */
  public void learn(int arm, double probability, double reward) {
    logWeights[arm] += gamma * reward / (probability * logWeights.length);
  }
}
