package espalier.core.morph;

import espalier.core.random.Philox;
import java.util.function.IntToDoubleFunction;

/**
 * How the weights that read a unit are divided between the unit and its copy. The shares add up to
 * one, so the function stays; but equal halves would get equal gradients for ever, and the copy
 * would learn nothing of its own.
 *
 * @param unevenness 0 for halves; a share is drawn uniformly within (1 ± unevenness) / 2
 * @param seed of the draws
 * @param step which of several morphisms this is for: each draws shares of its own
 */
public record Division(double unevenness, long seed, int step) {
  private static final Division EVEN = new Division(0, 0, 0);

  public Division {
    if (!(unevenness >= 0 && unevenness <= 1)) {
      throw new IllegalArgumentException(
          "division: unevenness %s, expected 0 to 1".formatted(unevenness));
    }
  }

  /** Halves. */
  public static Division even() {
    return EVEN;
  }

  /** This division for one of several morphisms. */
  Division at(int number) {
    return new Division(unevenness, seed, number);
  }

  /** The shares that the unit keeps, by position in a variable. */
  IntToDoubleFunction shares(String variable) {
    Philox random = Philox.of(seed, "share of " + variable).trial(step);
    return position -> (1 + unevenness * (2 * random.uniformDouble(position) - 1)) / 2;
  }
}
