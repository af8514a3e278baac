package espalier.core.search;

/**
 * How thoroughly a candidate is estimated: {@code units} of the {@code full} number, epochs for
 * one.
 */
public record Fidelity(int units, int full) {
  private static final Fidelity FULL = new Fidelity(1, 1);

  public Fidelity {
    if (units < 1 || units > full) {
      throw new IllegalArgumentException(
          "fidelity: %d of %d units, expected 1 to all of them".formatted(units, full));
    }
  }

  /** As thorough as an estimator can be. */
  public static Fidelity whole() {
    return FULL;
  }

  /** Whether nothing is left out. */
  public boolean isWhole() {
    return units == full;
  }

  /** The part of the full number, at most 1. */
  public double share() {
    return (double) units / full;
  }
}
