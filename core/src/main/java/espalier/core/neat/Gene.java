package espalier.core.neat;

/**
 * A connection of a network.
 *
 * @param innovation when it first arose: genes of one innovation are the same connection
 * @param source the node it comes from
 * @param target the node it goes to
 * @param enabled whether the network has it; a gene that is not may come back in a child
 */
public record Gene(int innovation, int source, int target, double weight, boolean enabled) {
  public Gene {
    if (innovation < 0 || source < 0 || target < 0 || !Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "gene: innovation %d from node %d to %d with weight %s, expected whole numbers from 0 and a finite weight"
              .formatted(innovation, source, target, weight));
    }
  }

  /** This gene with another weight. */
  Gene withWeight(double changed) {
    return new Gene(innovation, source, target, changed, enabled);
  }

  /** This gene, switched on or off. */
  Gene withEnabled(boolean on) {
    return new Gene(innovation, source, target, weight, on);
  }
}
