package espalier.core.neat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The genes of two genomes side by side, by innovation. */
final class Alignment {
  /** Below this many genes a distance counts differences and not their share. */
  private static final int SMALL = 20;

  /** A gene that one has or both have. */
  record Pair(Optional<Gene> mine, Optional<Gene> yours) {
    boolean isMatch() {
      return mine.isPresent() && yours.isPresent();
    }
  }

  private Alignment() {}

  /** The genes of both, ascending. */
  static List<Pair> pairs(Genome mine, Genome yours) {
    List<Pair> pairs = new ArrayList<>();
    List<Gene> a = mine.genes();
    List<Gene> b = yours.genes();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = Integer.compare(a.get(i).innovation(), b.get(j).innovation());
      pairs.add(
          new Pair(
              order <= 0 ? Optional.of(a.get(i++)) : Optional.empty(),
              order >= 0 ? Optional.of(b.get(j++)) : Optional.empty()));
    }
    a.subList(i, a.size())
        .forEach(gene -> pairs.add(new Pair(Optional.of(gene), Optional.empty())));
    b.subList(j, b.size())
        .forEach(gene -> pairs.add(new Pair(Optional.empty(), Optional.of(gene))));
    return pairs;
  }

  /** How strange two genomes are to each other: δ = c₁E/N + c₂D/N + c₃W̄. */
  static double distance(Genome mine, Genome yours, NeatSettings.Distance weights) {
    List<Gene> a = mine.genes();
    List<Gene> b = yours.genes();
    int i = 0;
    int j = 0;
    int matches = 0;
    double difference = 0;
    while (i < a.size() && j < b.size()) {
      int order = Integer.compare(a.get(i).innovation(), b.get(j).innovation());
      if (order == 0) {
        matches++;
        difference += Math.abs(a.get(i).weight() - b.get(j).weight());
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    int disjoint = i + j - 2 * matches;
    int excess = a.size() - i + b.size() - j;
    int longest = Math.max(a.size(), b.size());
    int size = longest < SMALL ? 1 : longest;
    return weights.excess() * excess / size
        + weights.disjoint() * disjoint / size
        + (matches == 0 ? 0 : weights.weights() * difference / matches);
  }
}
