package espalier.core.neat;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Which nodes can be reached along connections. */
final class Reach {
  private Reach() {}

  /** The nodes that genes lead to from {@code starts}, and those themselves. */
  static Set<Integer> from(Collection<Integer> starts, List<Gene> genes) {
    return closure(starts, genes, Gene::source, Gene::target);
  }

  /** The nodes from which genes lead to {@code ends}, and those themselves. */
  static Set<Integer> to(Collection<Integer> ends, List<Gene> genes) {
    return closure(ends, genes, Gene::target, Gene::source);
  }

  /** Whether there is a gene, enabled or not, from one node to another. */
  static boolean isDirect(int source, int target, List<Gene> genes) {
    return genes.stream().anyMatch(gene -> gene.source() == source && gene.target() == target);
  }

  /** Whether a connection from one node to another would close a cycle. */
  static boolean closesCycle(int source, int target, List<Gene> genes) {
    return from(List.of(target), genes).contains(source);
  }

  /** The enabled connections along which something of the inputs or the bias flows. */
  static List<Gene> active(GenomeSpace space, Genome genome) {
    List<Gene> enabled = genome.genes().stream().filter(Gene::enabled).toList();
    List<Integer> starts = space.nodes(genome).subList(0, space.firstOutput());
    Predicate<Integer> alive = from(starts, enabled)::contains;
    return enabled.stream().filter(gene -> alive.test(gene.source())).toList();
  }

  private static Set<Integer> closure(
      Collection<Integer> starts,
      List<Gene> genes,
      ToIntFunction<Gene> near,
      ToIntFunction<Gene> far) {
    Set<Integer> reached = new TreeSet<>(starts);
    Deque<Integer> open = new ArrayDeque<>(starts);
    while (!open.isEmpty()) {
      int node = open.remove();
      for (Gene gene : genes) {
        if (near.applyAsInt(gene) == node && reached.add(far.applyAsInt(gene))) {
          open.add(far.applyAsInt(gene));
        }
      }
    }
    return reached;
  }
}
