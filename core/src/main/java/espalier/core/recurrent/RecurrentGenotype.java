package espalier.core.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A recurrent cell of the family that ENAS and DARTS searched. State 0 is made of the input and the
 * state before; node i, counted from 1, is made of one state before it; the cell's output is the
 * mean of some nodes.
 *
 * @param nodes nodes 1, 2, … in order
 * @param outputs the nodes whose mean is the output, in ascending order
 */
public record RecurrentGenotype(List<Node> nodes, List<Integer> outputs) {

  /**
   * A node.
   *
   * @param from the state it is made of
   */
  public record Node(RecurrentFunction function, int from) {}

  public RecurrentGenotype {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    for (int i = 0; i < nodes.size(); i++) {
      int from = nodes.get(i).from();
      if (from < 0 || from > i) {
        throw new IllegalArgumentException(
            "recurrent cell: node %d is made of state %d, expected 0 to %d"
                .formatted(i + 1, from, i));
      }
    }
    int least = 1;
    for (int output : outputs) {
      if (output < least || output > nodes.size()) {
        throw new IllegalArgumentException(
            "recurrent cell: outputs are %s, expected nodes from 1 to %d in ascending order"
                .formatted(outputs, nodes.size()));
      }
      least = output + 1;
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "recurrent cell: has no outputs, expected one node or more");
    }
  }

  /** The cell whose output is the mean of all its nodes [DARTS]. */
  public static RecurrentGenotype ofAll(List<Node> nodes) {
    return new RecurrentGenotype(nodes, IntStream.rangeClosed(1, nodes.size()).boxed().toList());
  }

  /**
   * A key that two cells share only if they are the same trained function up to the order of nodes
   * and to nodes that reach no output. Nodes have weights of their own and read one state each, so
   * a cell is a tree of labelled nodes, equal to another if their canonical names are [Aho,
   * Hopcroft, Ullman 1974].
   */
  public String canonical() {
    List<List<String>> below = new ArrayList<>();
    for (int state = 0; state <= nodes.size(); state++) {
      below.add(new ArrayList<>());
    }
    for (int i = nodes.size(); i >= 1; i--) {
      boolean isOutput = outputs.contains(i);
      if (isOutput || !below.get(i).isEmpty()) {
        Node node = nodes.get(i - 1);
        below.get(node.from()).add(node.function() + (isOutput ? "" : "-") + join(below.get(i)));
      }
    }
    return join(below.getFirst());
  }

  private static String join(List<String> branches) {
    Collections.sort(branches);
    return branches.stream().collect(Collectors.joining(",", "(", ")"));
  }
}
