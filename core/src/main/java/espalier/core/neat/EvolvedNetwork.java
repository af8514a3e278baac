package espalier.core.neat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The network of a genome. Every node but inputs and bias answers σ(4.9 x) of the weighted sum x of
 * what reaches it; a node that nothing of an input or the bias reaches is silent, and an output
 * that is silent answers 0. One with cycles has a state, and so each belongs to one thread.
 */
public final class EvolvedNetwork {
  private static final double STEEPNESS = 4.9;

  private final GenomeSpace space;

  /** Position among the values of each node that is computed, in the order of computation. */
  private final int[] computed;

  /** For each of those, where its inputs are and their weights. */
  private final int[][] sources;

  private final double[][] weights;
  private double[] values;
  private double[] next;

  EvolvedNetwork(GenomeSpace space, Genome genome) {
    this.space = space;
    List<Integer> nodes = space.nodes(genome);
    List<Gene> genes = Reach.active(space, genome);
    List<Integer> order = order(genes);
    computed = order.stream().mapToInt(nodes::indexOf).toArray();
    sources = new int[computed.length][];
    weights = new double[computed.length][];
    for (int i = 0; i < computed.length; i++) {
      int node = order.get(i);
      List<Gene> incoming = genes.stream().filter(gene -> gene.target() == node).toList();
      sources[i] = incoming.stream().mapToInt(gene -> nodes.indexOf(gene.source())).toArray();
      weights[i] = incoming.stream().mapToDouble(Gene::weight).toArray();
    }
    values = new double[nodes.size()];
    next = values;
    if (space.recurrent()) {
      next = new double[nodes.size()];
    }
    reset();
  }

  /** The targets of genes, each after its sources where there are no cycles. */
  private List<Integer> order(List<Gene> genes) {
    List<Integer> waiting = genes.stream().map(Gene::target).distinct().sorted().toList();
    if (space.recurrent()) {
      return waiting;
    }
    List<Integer> order = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<Integer> left = waiting;
      List<Integer> ready =
          left.stream()
              .filter(node ->
                  genes.stream()
                      .noneMatch(gene -> gene.target() == node && left.contains(gene.source())))
              .toList();
      if (ready.isEmpty()) {
        throw new IllegalArgumentException(
            "genome: nodes %s lie on cycles, expected none in a feed-forward network"
                .formatted(left));
      }
      order.addAll(ready);
      waiting = left.stream().filter(node -> !ready.contains(node)).toList();
    }
    return order;
  }

  /** Forgets all activations. */
  public void reset() {
    for (double[] each : List.of(values, next)) {
      Arrays.fill(each, 0);
      each[space.bias()] = 1;
    }
  }

  /**
   * What the outputs answer. Without cycles that is a function of the inputs; with them every node
   * reads what the others answered in the activation before, and the inputs.
   */
  public double[] activate(double... inputs) {
    if (inputs.length != space.inputs()) {
      throw new IllegalArgumentException(
          "network: %d inputs, expected %d".formatted(inputs.length, space.inputs()));
    }
    System.arraycopy(inputs, 0, values, 0, inputs.length);
    System.arraycopy(inputs, 0, next, 0, inputs.length);
    for (int i = 0; i < computed.length; i++) {
      double sum = 0;
      for (int k = 0; k < sources[i].length; k++) {
        sum += weights[i][k] * values[sources[i][k]];
      }
      next[computed[i]] = 1 / (1 + StrictMath.exp(-STEEPNESS * sum));
    }
    double[] before = values;
    values = next;
    next = before;
    return Arrays.copyOfRange(values, space.firstOutput(), space.firstHidden());
  }
}
