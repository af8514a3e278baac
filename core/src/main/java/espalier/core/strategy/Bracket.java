package espalier.core.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * One race: many candidates estimated a little, a part of them more, few in full.
 *
 * @param rungs how many candidates, with how many units of resource each; the first is drawn, each
 *     other is the best of the one before
 */
public record Bracket(List<Rung> rungs) {

  /** Candidates, and units of resource for each. */
  public record Rung(int candidates, int units) {
    public Rung {
      if (candidates < 1 || units < 1) {
        throw new IllegalArgumentException(
            "rung: %d candidates of %d units, expected 1 or more of each"
                .formatted(candidates, units));
      }
    }
  }

  public Bracket {
    rungs = List.copyOf(rungs);
    for (int i = 1; i < rungs.size(); i++) {
      if (rungs.get(i).candidates() > rungs.get(i - 1).candidates()
          || rungs.get(i).units() < rungs.get(i - 1).units()) {
        throw new IllegalArgumentException(
            "bracket: rungs %s, expected ever fewer candidates of ever more units"
                .formatted(rungs));
      }
    }
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("bracket: found no rungs, expected one or more");
    }
  }

  /**
   * Successive halving [Jamieson and Talwalkar 2016]: {@code candidates} begin with R η⁻ˢ units,
   * and at each of s steps one of η goes on with η times as many, rounded down.
   */
  public static Bracket halving(int candidates, int steps, int resource, int eta) {
    List<Rung> rungs = new ArrayList<>();
    for (int step = 0; step <= steps; step++) {
      int left = candidates / power(eta, step);
      rungs.add(new Rung(left, Math.max(1, resource / power(eta, steps - step))));
    }
    return new Bracket(rungs);
  }

  /**
   * The brackets of Hyperband [Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018], from the one
   * that halves most often to the one that does not: s from ⌊log_η R⌋ to 0, with ⌈(s_max + 1) ηˢ /
   * (s + 1)⌉ candidates each.
   */
  public static List<Bracket> hyperband(int resource, int eta) {
    int most = steps(resource, eta);
    List<Bracket> brackets = new ArrayList<>();
    for (int s = most; s >= 0; s--) {
      int candidates = Math.ceilDiv((most + 1) * power(eta, s), s + 1);
      brackets.add(halving(candidates, s, resource, eta));
    }
    return brackets;
  }

  /** As BOHB's authors have them [Falkner, Klein, Hutter 2018]: ⌊(s_max + 1) / (s + 1)⌋ ηˢ each. */
  public static List<Bracket> bohb(int resource, int eta) {
    int most = steps(resource, eta);
    List<Bracket> brackets = new ArrayList<>();
    for (int s = most; s >= 0; s--) {
      brackets.add(halving((most + 1) / (s + 1) * power(eta, s), s, resource, eta));
    }
    return brackets;
  }

  private static int steps(int resource, int eta) {
    if (resource < 1 || eta < 2) {
      throw new IllegalArgumentException(
          "hyperband: resource %d and eta %d, expected 1 or more, and 2 or more"
              .formatted(resource, eta));
    }
    int steps = 0;
    for (long units = eta; units <= resource; units *= eta) {
      steps++;
    }
    return steps;
  }

  private static int power(int base, int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  /** Units of its last rung: those of a full estimate. */
  public int resource() {
    return rungs.getLast().units();
  }
}
