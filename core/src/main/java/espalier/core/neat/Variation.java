package espalier.core.neat;

import espalier.core.random.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How genomes change and cross. */
final class Variation {
  private final GenomeSpace space;
  private final NeatSettings.Mutation mutation;
  private final double disabled;
  private final Innovations innovations;

  Variation(GenomeSpace space, NeatSettings settings) {
    this.space = space;
    this.mutation = settings.mutation();
    this.disabled = settings.mating().disabled();
    this.innovations = new Innovations(space);
  }

  /** From here on changes of structure have new numbers. */
  void beginGeneration() {
    innovations.beginGeneration();
  }

  /**
   * A child with the genes of both parents. Of a gene that both have it is either's; the others are
   * those of the fitter parent or, of equal ones, drawn, except where they would close a cycle that
   * must not be.
   */
  Genome cross(Genome fitter, Genome other, boolean areEqual, Draws draws) {
    List<Alignment.Pair> pairs = Alignment.pairs(fitter, other);
    List<Gene> genes = new ArrayList<>();
    for (Alignment.Pair pair : pairs) {
      if (pair.isMatch()) {
        Gene mine = pair.mine().orElseThrow();
        Gene yours = pair.yours().orElseThrow();
        double weight = draws.coin() ? mine.weight() : yours.weight();
        genes.add(inherited(mine.withWeight(weight), mine.enabled() && yours.enabled(), draws));
      }
    }
    for (Alignment.Pair pair : pairs) {
      if (!pair.isMatch() && (areEqual ? draws.coin() : pair.mine().isPresent())) {
        Gene gene = pair.mine().or(pair::yours).orElseThrow();
        if (!areEqual || isPossible(gene, genes)) {
          genes.add(inherited(gene, gene.enabled(), draws));
        }
      }
    }
    return ordered(genes);
  }

  private Gene inherited(Gene gene, boolean isEnabledThroughout, Draws draws) {
    return gene.withEnabled(isEnabledThroughout || !draws.chance(disabled));
  }

  private boolean isPossible(Gene gene, List<Gene> genes) {
    return !Reach.isDirect(gene.source(), gene.target(), genes)
        && (space.recurrent() || !Reach.closesCycle(gene.source(), gene.target(), genes));
  }

  /** The genome with all that chance would have changed. */
  Genome mutate(Genome genome, Draws draws) {
    Genome child = genome;
    if (draws.chance(mutation.node())) {
      child = addNode(child, draws);
    }
    if (draws.chance(mutation.link())) {
      child = addLink(child, draws);
    }
    if (draws.chance(mutation.weights())) {
      child = new Genome(child.genes().stream().map(gene -> moved(gene, draws)).toList());
    }
    return child;
  }

  private Gene moved(Gene gene, Draws draws) {
    boolean fresh = draws.chance(mutation.fresh());
    double change = draws.within(mutation.power());
    return gene.withWeight(bounded(fresh ? change : gene.weight() + change));
  }

  private double bounded(double weight) {
    return Math.clamp(weight, -mutation.bound(), mutation.bound());
  }

  /** Splits an enabled gene: the way in has weight 1, the way out its own. */
  private Genome addNode(Genome genome, Draws draws) {
    List<Gene> enabled = genome.genes().stream().filter(Gene::enabled).toList();
    if (enabled.isEmpty()) {
      return genome;
    }
    Gene split = enabled.get(draws.below(enabled.size()));
    int node = innovations.split(split);
    List<Gene> genes = new ArrayList<>(genome.genes());
    genes.set(genes.indexOf(split), split.withEnabled(false));
    genes.add(gene(split.source(), node, 1));
    genes.add(gene(node, split.target(), split.weight()));
    return ordered(genes);
  }

  /** Connects two nodes that were not connected, each such pair as likely as another. */
  private Genome addLink(Genome genome, Draws draws) {
    List<Gene> open = new ArrayList<>();
    List<Integer> nodes = space.nodes(genome);
    for (int target : nodes.subList(space.firstOutput(), nodes.size())) {
      for (int source : nodes) {
        Gene gene = new Gene(0, source, target, 0, true);
        if (isPossible(gene, genome.genes())) {
          open.add(gene);
        }
      }
    }
    if (open.isEmpty()) {
      return genome;
    }
    Gene drawn = open.get(draws.below(open.size()));
    List<Gene> genes = new ArrayList<>(genome.genes());
    genes.add(gene(drawn.source(), drawn.target(), bounded(draws.within(mutation.power()))));
    return ordered(genes);
  }

  private Gene gene(int source, int target, double weight) {
    return new Gene(innovations.link(source, target), source, target, weight, true);
  }

  /** Innovations of one generation may be drawn in another order than they arose. */
  private static Genome ordered(List<Gene> genes) {
    genes.sort(Comparator.comparingInt(Gene::innovation));
    return new Genome(genes);
  }
}
