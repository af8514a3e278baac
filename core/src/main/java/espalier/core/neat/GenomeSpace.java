package espalier.core.neat;

import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The genomes of networks with so many inputs and outputs. Nodes are numbered: the inputs from 0, a
 * bias that is always 1, the outputs, then hidden nodes as they arise.
 *
 * @param inputs without the bias
 * @param recurrent whether connections may close cycles
 */
public record GenomeSpace(String name, int inputs, int outputs, boolean recurrent)
    implements CandidateSpace<Genome> {
  public GenomeSpace {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "genomes: %d inputs and %d outputs, expected 1 or more of each"
              .formatted(inputs, outputs));
    }
  }

  /** Networks without cycles. */
  public static GenomeSpace feedForward(String name, int inputs, int outputs) {
    return new GenomeSpace(name, inputs, outputs, false);
  }

  /** Networks in which each activation reads the one before. */
  public static GenomeSpace recurrent(String name, int inputs, int outputs) {
    return new GenomeSpace(name, inputs, outputs, true);
  }

  @Override
  public Size size() {
    return new Size.Unbounded();
  }

  /** The node that is always 1. */
  public int bias() {
    return inputs;
  }

  /** The first of the nodes that are the outputs. */
  public int firstOutput() {
    return inputs + 1;
  }

  /** The least number of a hidden node. */
  public int firstHidden() {
    return inputs + 1 + outputs;
  }

  /** How many genes a genome has before anything grows. */
  int minimalGenes() {
    return (inputs + 1) * outputs;
  }

  /** The hidden nodes of a genome. */
  public SortedSet<Integer> hidden(Genome genome) {
    SortedSet<Integer> nodes = new TreeSet<>();
    for (Gene gene : genome.genes()) {
      nodes.add(gene.source());
      nodes.add(gene.target());
    }
    return new TreeSet<>(nodes.tailSet(firstHidden()));
  }

  /** All nodes of a genome in order, connected or not. */
  List<Integer> nodes(Genome genome) {
    List<Integer> nodes = new ArrayList<>(IntStream.range(0, firstHidden()).boxed().toList());
    nodes.addAll(hidden(genome));
    return nodes;
  }

  /** Whether genes may end there. */
  boolean isComputed(int node) {
    return node >= firstOutput();
  }

  /**
   * {@inheritDoc} A minimal genome: every input and the bias connected to every output, with
   * weights uniform in [-1, 1].
   */
  @Override
  public Genome sample(Philox random) {
    Draws draws = new Draws(random);
    List<Gene> genes = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      for (int input = 0; input <= inputs; input++) {
        genes.add(new Gene(genes.size(), input, firstOutput() + output, draws.within(1), true));
      }
    }
    return new Genome(genes);
  }

  /** {@inheritDoc} Nodes that their connections cannot tell apart keep their order. */
  @Override
  public String canonical(Genome genome) {
    return GenomeForm.of(this, genome);
  }

  /**
   * {@inheritDoc} For one, {@code 0:0>3=0.5 1:1>3=-2.0 4:2>3=0.25!}: a disabled gene has a mark.
   */
  @Override
  public String print(Genome genome) {
    return GenomeNotation.print(genome);
  }

  @Override
  public Genome parse(String text) {
    return GenomeNotation.parse(this, text);
  }

  /** The network of a genome of this space. */
  public EvolvedNetwork network(Genome genome) {
    return new EvolvedNetwork(this, genome);
  }
}
