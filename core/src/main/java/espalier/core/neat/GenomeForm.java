package espalier.core.neat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Text that does not depend on the names of hidden nodes and genes. */
final class GenomeForm {
  /*
   * What is silent or reaches no output is left out. Hidden nodes begin alike and are told apart by
   * the weights and the classes at the other ends of their connections, over and over [colour
   * refinement]; their classes, which no name enters, are their names.
   */
  private GenomeForm() {}

  static String of(GenomeSpace space, Genome genome) {
    List<Gene> active = Reach.active(space, genome);
    Collection<Integer> outputs =
        space.nodes(genome).subList(space.firstOutput(), space.firstHidden());
    Set<Integer> heard = Reach.to(outputs, active);
    List<Gene> genes = active.stream().filter(gene -> heard.contains(gene.target())).toList();
    Map<Integer, Integer> names = names(space, genes);
    return genes.stream()
        .map(gene ->
            "%d>%d=%s".formatted(names.get(gene.source()), names.get(gene.target()), gene.weight()))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** New numbers of the nodes; those of inputs, bias and outputs stay. */
  private static Map<Integer, Integer> names(GenomeSpace space, List<Gene> genes) {
    Map<Integer, Integer> classes = new TreeMap<>();
    for (Gene gene : genes) {
      for (int node : List.of(gene.source(), gene.target())) {
        classes.put(node, Math.min(node, space.firstHidden()));
      }
    }
    for (int known = 0; known < count(classes); ) {
      known = count(classes);
      Map<Integer, String> signs = new TreeMap<>();
      classes.keySet().forEach(node -> signs.put(node, sign(node, genes, classes)));
      List<String> sorted = signs.values().stream().distinct().sorted().toList();
      classes.replaceAll((node, old) ->
          node < space.firstHidden()
              ? node
              : space.firstHidden() + sorted.indexOf(signs.get(node)));
    }
    List<Integer> order = new ArrayList<>(classes.keySet());
    order.sort(Comparator.comparing(classes::get));
    Map<Integer, Integer> names = new TreeMap<>();
    int hidden = space.firstHidden();
    for (int node : order) {
      names.put(node, node < space.firstHidden() ? node : hidden++);
    }
    return names;
  }

  private static int count(Map<Integer, Integer> classes) {
    return (int) classes.values().stream().distinct().count();
  }

  private static String sign(int node, List<Gene> genes, Map<Integer, Integer> classes) {
    return classes.get(node)
        + "|"
        + genes.stream()
            .filter(gene -> gene.source() == node || gene.target() == node)
            .map(gene ->
                (gene.target() == node ? "<" + classes.get(gene.source()) : "")
                    + (gene.source() == node ? ">" + classes.get(gene.target()) : "")
                    + "="
                    + gene.weight())
            .sorted()
            .collect(Collectors.joining(","));
  }
}
