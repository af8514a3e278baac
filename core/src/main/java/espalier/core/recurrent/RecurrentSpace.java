package espalier.core.recurrent;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Pick;
import espalier.core.io.DataException;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * The recurrent cells that ENAS and DARTS searched: for each node the state it is made of and its
 * function; the output is the mean of all nodes, so that every node counts.
 */
public final class RecurrentSpace
    implements Neighbourly<RecurrentGenotype>,
        Crossable<RecurrentGenotype>,
        Categorical<RecurrentGenotype>,
        Encodable<RecurrentGenotype> {
  /** Nodes of the published cells. */
  public static final int PUBLISHED_NODES = 8;

  private static final List<RecurrentFunction> FUNCTIONS = List.of(RecurrentFunction.values());

  private final int nodes;
  private final WordNetwork.Settings settings;
  private final ComposedSpace<RecurrentGenotype> decisions;

  /** Cells of this many nodes, in language models of these settings. */
  public RecurrentSpace(int nodes, WordNetwork.Settings settings) {
    if (nodes < 1) {
      throw new IllegalArgumentException(
          "recurrent space: %d nodes, expected 1 or more".formatted(nodes));
    }
    this.nodes = nodes;
    this.settings = settings;
    this.decisions =
        new ComposedSpace<>(
            "recurrent",
            Pick.each(IntStream.range(0, nodes).mapToObj(RecurrentSpace::node).toList())
                .map(RecurrentGenotype::ofAll),
            this::network);
  }

  private static Pick<RecurrentGenotype.Node> node(int index) {
    Pick<Integer> from = Pick.among(IntStream.rangeClosed(0, index).boxed().toList());
    Pick<RecurrentFunction> function = Pick.among(FUNCTIONS);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("from", from);
    parts.put("function", function);
    return Pick.all(
        parts,
        picked ->
            new RecurrentGenotype.Node(picked.get("function", function), picked.get("from", from)));
  }

  private Network network(RecurrentGenotype genotype, int words) {
    return new WordNetwork(new HighwayCell(genotype), words, settings);
  }

  @Override
  public String name() {
    return decisions.name();
  }

  @Override
  public Size size() {
    return decisions.size();
  }

  @Override
  public RecurrentGenotype sample(Philox random) {
    return decisions.value(decisions.sample(random));
  }

  @Override
  public String canonical(RecurrentGenotype architecture) {
    return architecture.canonical();
  }

  @Override
  public List<RecurrentGenotype> neighbours(RecurrentGenotype architecture) {
    return decisions.neighbours(decision(architecture)).stream().map(decisions::value).toList();
  }

  @Override
  public RecurrentGenotype mutate(RecurrentGenotype architecture, Philox random) {
    return decisions.value(decisions.mutate(decision(architecture), random));
  }

  @Override
  public RecurrentGenotype cross(
      RecurrentGenotype mother, RecurrentGenotype father, Philox random) {
    return decisions.value(decisions.cross(decision(mother), decision(father), random));
  }

  @Override
  public List<Integer> options() {
    return decisions.options();
  }

  @Override
  public int[] choices(RecurrentGenotype architecture) {
    List<Integer> choices = new ArrayList<>();
    for (RecurrentGenotype.Node node : member(architecture).nodes()) {
      choices.add(node.from());
      choices.add(FUNCTIONS.indexOf(node.function()));
    }
    return choices.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public RecurrentGenotype ofChoices(int[] choices) {
    return decisions.value(decisions.ofChoices(choices));
  }

  @Override
  public int encodingLength() {
    return decisions.encodingLength();
  }

  @Override
  public float[] encode(RecurrentGenotype architecture) {
    return decisions.encode(decision(architecture));
  }

  @Override
  public String print(RecurrentGenotype architecture) {
    return RecurrentNotation.print(architecture);
  }

  @Override
  public RecurrentGenotype parse(String text) {
    return member(RecurrentNotation.parse(text));
  }

  @Override
  public Network model(RecurrentGenotype architecture, int words) {
    return network(member(architecture), words);
  }

  private Decision decision(RecurrentGenotype architecture) {
    return decisions.ofChoices(choices(architecture));
  }

  private RecurrentGenotype member(RecurrentGenotype genotype) {
    if (genotype.nodes().size() != nodes || genotype.outputs().size() != nodes) {
      throw new DataException(
          "recurrent space: the cell has %d nodes of which %d are outputs, expected %d and all of them"
              .formatted(genotype.nodes().size(), genotype.outputs().size(), nodes));
    }
    return genotype;
  }
}
