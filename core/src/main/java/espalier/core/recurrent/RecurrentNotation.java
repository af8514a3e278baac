package espalier.core.recurrent;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import espalier.core.space.NotationReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The notation of recurrent cells in the DARTS family: {@code Genotype(recurrent=[('tanh', 0), …],
 * concat=range(1, 9))}. {@code concat} names the nodes whose mean is the output.
 */
public final class RecurrentNotation {
  private static final int MOST_NODES = 1000;

  private final NotationReader reader;

  private RecurrentNotation(String text) {
    this.reader = new NotationReader("genotype", text);
  }

  /** Whether a genotype is written as a recurrent cell is, whatever is wrong with it. */
  public static boolean isMeant(String text) {
    NotationReader reader = new NotationReader("genotype", text);
    return reader.accept("Genotype") && reader.accept("(") && reader.comes("recurrent");
  }

  /**
   * The cell written in {@code text}.
   *
   * @throws DataException if it is malformed, saying where
   */
  public static RecurrentGenotype parse(String text) {
    return new RecurrentNotation(text).genotype();
  }

  /** The cell as the authors' code prints it. */
  public static String print(RecurrentGenotype genotype) {
    String nodes =
        genotype.nodes().stream()
            .map(node -> "('%s', %d)".formatted(node.function(), node.from()))
            .collect(Collectors.joining(", ", "[", "]"));
    return "Genotype(recurrent=%s, concat=%s)".formatted(nodes, states(genotype.outputs()));
  }

  private static String states(List<Integer> states) {
    int first = states.getFirst();
    int end = first + states.size();
    return states.equals(IntStream.range(first, end).boxed().toList())
        ? "range(%d, %d)".formatted(first, end)
        : states.toString();
  }

  private RecurrentGenotype genotype() {
    reader.expect("Genotype");
    reader.expect("(");
    reader.expect("recurrent");
    reader.expect("=");
    List<RecurrentGenotype.Node> nodes = nodes();
    reader.expect(",");
    reader.expect("concat");
    reader.expect("=");
    List<Integer> outputs = outputs(nodes.size());
    reader.accept(",");
    reader.expect(")");
    reader.expectEnd();
    try {
      return new RecurrentGenotype(nodes, outputs);
    } catch (IllegalArgumentException refused) {
      throw new DataException("genotype: " + refused.getMessage(), refused);
    }
  }

  private List<RecurrentGenotype.Node> nodes() {
    reader.expect("[");
    List<RecurrentGenotype.Node> nodes = new ArrayList<>();
    do {
      reader.expect("(");
      RecurrentFunction function = function();
      reader.expect(",");
      int from =
          reader.number("a state before node %d,".formatted(nodes.size() + 1), 0, nodes.size());
      reader.expect(")");
      nodes.add(new RecurrentGenotype.Node(function, from));
    } while (reader.accept(",") && !reader.comes("]") && nodes.size() < MOST_NODES);
    reader.expect("]");
    return nodes;
  }

  private RecurrentFunction function() {
    String quote = reader.accept("\"") ? "\"" : "'";
    if (quote.equals("'")) {
      reader.expect("'");
    }
    String name = reader.word("the name of a function");
    for (RecurrentFunction function : RecurrentFunction.values()) {
      if (function.toString().equals(name)) {
        reader.expect(quote);
        return function;
      }
    }
    List<String> known =
        Arrays.stream(RecurrentFunction.values()).map(RecurrentFunction::toString).toList();
    throw new DataException(
        "genotype: unknown function '%s'; did you mean '%s'?"
            .formatted(name, NearestName.of(name, known)));
  }

  private List<Integer> outputs(int nodes) {
    if (reader.accept("range")) {
      reader.expect("(");
      int from = reader.number("a node", 1, nodes);
      reader.expect(",");
      int to = reader.number("the end of a range", from + 1, nodes + 1);
      reader.expect(")");
      return IntStream.range(from, to).boxed().toList();
    }
    if (!reader.accept("[")) {
      throw reader.error("range(…) or [");
    }
    List<Integer> outputs = new ArrayList<>();
    do {
      outputs.add(reader.number("a node", 1, nodes));
    } while (reader.accept(",") && !reader.comes("]"));
    reader.expect("]");
    return outputs;
  }
}
