package espalier.core.neat;

import java.util.List;

/**
 * A network as a list of connections: its topology and its weights.
 *
 * @param genes by ascending innovation
 */
public record Genome(List<Gene> genes) {
  public Genome {
    genes = List.copyOf(genes);
    for (int i = 1; i < genes.size(); i++) {
      if (genes.get(i - 1).innovation() >= genes.get(i).innovation()) {
        throw new IllegalArgumentException(
            "genome: innovation %d after %d, expected ascending ones"
                .formatted(genes.get(i).innovation(), genes.get(i - 1).innovation()));
      }
    }
  }

  /** How many connections the network has. */
  public long enabled() {
    return genes.stream().filter(Gene::enabled).count();
  }
}
