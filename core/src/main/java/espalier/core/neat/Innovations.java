package espalier.core.neat;

import java.util.HashMap;
import java.util.Map;

/**
 * Numbers for what arises: the same change of structure has the same numbers throughout a
 * generation.
 */
final class Innovations {
  private record Link(int source, int target) {}

  private final Map<Link, Integer> links = new HashMap<>();
  private final Map<Integer, Integer> splits = new HashMap<>();
  private int genes;
  private int nodes;

  /** Continues the numbers of the minimal genomes of a space. */
  Innovations(GenomeSpace space) {
    genes = space.minimalGenes();
    nodes = space.firstHidden();
  }

  /** What arises from here on is new, even if it arose before. */
  void beginGeneration() {
    links.clear();
    splits.clear();
  }

  /** The innovation of a connection. */
  int link(int source, int target) {
    return links.computeIfAbsent(new Link(source, target), link -> genes++);
  }

  /** The node that a gene is split by. */
  int split(Gene gene) {
    return splits.computeIfAbsent(gene.innovation(), innovation -> nodes++);
  }
}
