package espalier.core.predict;

import espalier.core.space.LabelledGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Graphs by their subtrees [Shervashidze et al.: Weisfeiler-Lehman graph kernels, JMLR 2011]: in each
 * round, every vertex takes as its label its own one with those of its sources. Counts of all labels
 * of all rounds are the features; the kernel is the cosine of two such counts. As covariance of a
 * Gaussian process it is that of NAS-BOWL [Ru et al., ICLR 2021].
 *
 * @param rounds 0 or more; with 0, vertices only count by their own labels
 */
public record WeisfeilerLehman(int rounds) {
  public WeisfeilerLehman {
    if (rounds < 0) {
      throw new IllegalArgumentException(
          "Weisfeiler-Lehman: %d rounds, expected 0 or more".formatted(rounds));
    }
  }

  /** How often each label occurs in a graph, in all rounds together. */
  public Map<String, Integer> counts(LabelledGraph graph) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> labels = graph.labels();
    labels.forEach(label -> counts.merge(label, 1, Integer::sum));
    for (int round = 0; round < rounds; round++) {
      List<String> refined = new ArrayList<>();
      for (int vertex = 0; vertex < graph.size(); vertex++) {
        List<String> sources =
            graph.sources().get(vertex).stream().map(labels::get).sorted().toList();
        refined.add(labels.get(vertex) + sources);
      }
      refined.forEach(label -> counts.merge(label, 1, Integer::sum));
      labels = refined;
    }
    return counts;
  }

  /** The cosine of two counts of labels. */
  public static Kernel<Map<String, Integer>> kernel() {
    return (a, b) -> product(a, b) / Math.sqrt(product(a, a) * product(b, b));
  }

  private static double product(Map<String, Integer> a, Map<String, Integer> b) {
    double product = 0;
    for (Map.Entry<String, Integer> entry : a.entrySet()) {
      product += (double) entry.getValue() * b.getOrDefault(entry.getKey(), 0);
    }
    return product;
  }
}
