package espalier.core.predict;

import espalier.core.space.LabelledGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Graphs by their subtrees [Shervashidze et al.: Weisfeiler-Lehman graph kernels, JMLR 2011]: in
 * each round, every vertex takes as its label its own one with those of its sources. Counts of all
 * labels of all rounds are the features; the kernel is the cosine of two such counts. As covariance
 * of a Gaussian process it is that of NAS-BOWL [Ru et al., ICLR 2021].
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

  /**
   * A graph's labels.
   *
   * @param counts how often each label occurs, in all rounds together
   * @param norm the root of the sum of their squares
   */
  public record Labels(Map<String, Integer> counts, double norm) {
    private double product(Labels other) {
      double product = 0;
      for (Map.Entry<String, Integer> entry : counts.entrySet()) {
        product += (double) entry.getValue() * other.counts.getOrDefault(entry.getKey(), 0);
      }
      return product;
    }
  }

  /** The labels of a graph. */
  public Labels of(LabelledGraph graph) {
    Map<String, Integer> counts = new LinkedHashMap<>();
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
    double squares = counts.values().stream().mapToDouble(count -> count * count).sum();
    return new Labels(Collections.unmodifiableMap(counts), Math.sqrt(squares));
  }

  /** The cosine of two counts of labels. */
  public static Kernel<Labels> kernel() {
    return (a, b) -> a.product(b) / (a.norm() * b.norm());
  }
}
