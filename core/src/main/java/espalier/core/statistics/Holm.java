package espalier.core.statistics;

/**
 * Correction for many tests at once [Holm: A simple sequentially rejective multiple test procedure,
 * 1979]: rejecting what is below a level keeps the chance of any false rejection below it.
 */
public final class Holm {
  private Holm() {}

  /** The adjusted probabilities, in the order of the tests. */
  public static double[] adjust(double... probabilities) {
    Samples.require("Holm's correction", probabilities, 0);
    int[] order = Ranks.order(probabilities);
    double[] adjusted = new double[probabilities.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, (order.length - i) * probabilities[order[i]]);
      adjusted[order[i]] = Math.min(1, largest);
    }
    return adjusted;
  }
}
