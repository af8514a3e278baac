package espalier.core.analysis;

import java.util.function.IntToDoubleFunction;

/**
 * What each player of a cooperative game is worth: the mean, over all orders in which the players
 * may join, of what the player adds on joining [Shapley: A value for n-person games, 1953].
 */
public final class ShapleyValues {
  private static final int MOST_PLAYERS = 20;

  private ShapleyValues() {}

  /**
   * The exact values, from the worth of each of the 2<sup>players</sup> coalitions.
   *
   * @param worth of a coalition, in which player i takes part if bit i is set
   */
  public static double[] exact(int players, IntToDoubleFunction worth) {
    if (players < 1 || players > MOST_PLAYERS) {
      throw new IllegalArgumentException(
          "Shapley values: %d players, expected 1 to %d".formatted(players, MOST_PLAYERS));
    }
    double[] worths = new double[1 << players];
    for (int coalition = 0; coalition < worths.length; coalition++) {
      worths[coalition] = worth.applyAsDouble(coalition);
    }
    double[] share = shares(players);
    double[] values = new double[players];
    for (int coalition = 0; coalition < worths.length; coalition++) {
      for (int player = 0; player < players; player++) {
        if ((coalition >> player & 1) == 0) {
          double added = worths[coalition | 1 << player] - worths[coalition];
          values[player] += share[Integer.bitCount(coalition)] * added;
        }
      }
    }
    return values;
  }

  /** For each size s of a coalition, s!(n−1−s)!/n!: how often a player joins exactly that one. */
  private static double[] shares(int players) {
    double[] share = new double[players];
    share[0] = 1.0 / players;
    for (int size = 1; size < players; size++) {
      share[size] = share[size - 1] * size / (players - size);
    }
    return share;
  }
}
