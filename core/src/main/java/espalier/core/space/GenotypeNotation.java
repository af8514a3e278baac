package espalier.core.space;

import espalier.core.io.DataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The notation of the DARTS family: {@code Genotype(normal=[('sep_conv_3x3', 0), …],
 * normal_concat=range(2, 6), reduce=[…], reduce_concat=[2, 3, 4, 5])}. Cells have two inputs and
 * two edges into each node, any number of nodes, and any of {@link DartsOperation}; either quotes,
 * any white space, the four parts in any order.
 */
public final class GenotypeNotation {
  private static final int INPUTS = 2;
  private static final int EDGES = 2;
  private static final int MOST_NODES = 1000;
  private static final List<String> PARTS =
      List.of("normal", "normal_concat", "reduce", "reduce_concat");

  private final NotationReader reader;

  private GenotypeNotation(String text) {
    this.reader = new NotationReader("genotype", text);
  }

  /**
   * The genotype written in {@code text}.
   *
   * @throws espalier.core.io.DataException if it is malformed, saying where
   */
  public static Genotype parse(String text) {
    return new GenotypeNotation(text).genotype();
  }

  /** The genotype as the authors' code prints it. */
  public static String print(Genotype genotype) {
    Cell normal = genotype.normal();
    Cell reduce = genotype.reduce();
    return "Genotype(normal=%s, normal_concat=%s, reduce=%s, reduce_concat=%s)"
        .formatted(edges(normal), states(normal), edges(reduce), states(reduce));
  }

  private static String edges(Cell cell) {
    if (cell.inputs() != INPUTS || cell.nodes().stream().anyMatch(n -> n.size() != EDGES)) {
      throw new IllegalArgumentException(
          "genotype: the notation has cells of %d inputs and %d edges into each node, found %s"
              .formatted(INPUTS, EDGES, cell));
    }
    return cell.nodes().stream()
        .flatMap(List::stream)
        .map(edge -> "('%s', %d)".formatted(edge.operation().label(), edge.from()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String states(Cell cell) {
    List<Integer> outputs = cell.outputs();
    int first = outputs.getFirst();
    int end = first + outputs.size();
    return outputs.equals(IntStream.range(first, end).boxed().toList())
        ? "range(%d, %d)".formatted(first, end)
        : outputs.toString();
  }

  private Genotype genotype() {
    reader.expect("Genotype");
    reader.expect("(");
    Map<String, List<List<Cell.Edge>>> nodes = new LinkedHashMap<>();
    Map<String, List<Integer>> outputs = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>(PARTS);
    while (!missing.isEmpty()) {
      String part = part(missing);
      reader.expect("=");
      if (part.endsWith("_concat")) {
        outputs.put(part, concatenation());
      } else {
        nodes.put(part, nodes());
      }
      if (!missing.isEmpty()) {
        reader.expect(",");
      }
    }
    reader.accept(",");
    reader.expect(")");
    reader.expectEnd();
    return new Genotype(cell("normal", nodes, outputs), cell("reduce", nodes, outputs));
  }

  private String part(List<String> missing) {
    for (String name : missing) {
      if (reader.acceptWord(name)) {
        missing.remove(name);
        return name;
      }
    }
    throw reader.error(String.join(" or ", missing));
  }

  private static Cell cell(
      String name, Map<String, List<List<Cell.Edge>>> nodes, Map<String, List<Integer>> outputs) {
    List<List<Cell.Edge>> edges = nodes.getOrDefault(name, List.of());
    List<Integer> states = outputs.getOrDefault(name + "_concat", List.of());
    int last = INPUTS + edges.size() - 1;
    for (int state : states) {
      if (state > last) {
        throw new DataException(
            "genotype: %s_concat names state %d, expected 0 to %d".formatted(name, state, last));
      }
    }
    return new Cell(INPUTS, edges, states);
  }

  private List<List<Cell.Edge>> nodes() {
    reader.expect("[");
    List<List<Cell.Edge>> nodes = new ArrayList<>();
    do {
      int state = INPUTS + nodes.size();
      Cell.Edge first = edge(state);
      reader.expect(",");
      nodes.add(List.of(first, edge(state)));
    } while (reader.accept(",") && !reader.comes("]") && nodes.size() < MOST_NODES);
    reader.expect("]");
    return nodes;
  }

  private Cell.Edge edge(int state) {
    reader.expect("(");
    String quote = reader.accept("\"") ? "\"" : "'";
    if (quote.equals("'")) {
      reader.expect("'");
    }
    Operation operation = reader.operation(List.of(DartsOperation.values()));
    reader.expect(quote);
    reader.expect(",");
    int from = reader.number("a state before node %d,".formatted(state), 0, state - 1);
    reader.expect(")");
    return new Cell.Edge(from, operation);
  }

  private List<Integer> concatenation() {
    if (reader.accept("range")) {
      reader.expect("(");
      int from = reader.number("a state", 0, MOST_NODES);
      reader.expect(",");
      int to = reader.number("the end of a range", from + 1, INPUTS + MOST_NODES);
      reader.expect(")");
      return IntStream.range(from, to).boxed().toList();
    }
    if (!reader.accept("[")) {
      throw reader.error("range(…) or [");
    }
    List<Integer> states = new ArrayList<>();
    do {
      states.add(reader.number("a state", 0, INPUTS + MOST_NODES));
    } while (reader.accept(",") && !reader.comes("]"));
    reader.expect("]");
    return states;
  }
}
