package espalier.core.strategy;

/** Probabilities of a few options. */
final class Distribution {
  private Distribution() {}

  /** Probabilities in proportion to exp(logits), whatever the largest. */
  static double[] softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double[] odds = new double[logits.length];
    for (int i = 0; i < odds.length; i++) {
      odds[i] = StrictMath.exp(logits[i] - most);
    }
    return normalised(odds);
  }

  /** The same proportions, with sum 1. */
  static double[] normalised(double[] odds) {
    double sum = 0;
    for (double each : odds) {
      sum += each;
    }
    double[] probabilities = new double[odds.length];
    for (int i = 0; i < odds.length; i++) {
      probabilities[i] = odds[i] / sum;
    }
    return probabilities;
  }

  /** The option that {@code uniform}, of [0, 1), falls on. */
  static int draw(double[] probabilities, double uniform) {
    double left = uniform;
    for (int i = 0; i < probabilities.length - 1; i++) {
      left -= probabilities[i];
      if (left < 0) {
        return i;
      }
    }
    return probabilities.length - 1;
  }
}
