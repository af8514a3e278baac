package espalier.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.random.Philox;
import espalier.core.recurrent.RecurrentFunction;
import espalier.core.recurrent.RecurrentGenotype;
import espalier.core.recurrent.RecurrentGenotype.Node;
import espalier.core.recurrent.RecurrentNotation;
import espalier.core.recurrent.RecurrentSpace;
import espalier.core.recurrent.VariationalDropout;
import espalier.core.recurrent.WordNetwork;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cells that ENAS and DARTS searched. */
final class RecurrentSpaceTest {
  private static final WordNetwork.Settings SETTINGS =
      new WordNetwork.Settings(4, VariationalDropout.none());

  private static RecurrentSpace space(int nodes) {
    return new RecurrentSpace(nodes, SETTINGS);
  }

  @Test
  void thereAreAsManyCellsOfEightNodesAsPublished() {
    assertThat(space(8).size()).isEqualTo(new Size.Exact(BigInteger.valueOf(2_642_411_520L)));
  }

  @Test
  void publishedCellsAreReadAsTheyArePrinted() {
    for (String text : PublishedCells.ALL) {
      assertThat(RecurrentNotation.print(RecurrentNotation.parse(text))).isEqualTo(text);
    }
    RecurrentGenotype v1 = space(8).parse(PublishedCells.DARTS_V1);
    assertThat(v1.nodes())
        .startsWith(
            new Node(RecurrentFunction.RELU, 0),
            new Node(RecurrentFunction.RELU, 1),
            new Node(RecurrentFunction.TANH, 2))
        .endsWith(new Node(RecurrentFunction.RELU, 1));
    assertThat(v1.outputs()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    String spaced = PublishedCells.DARTS_V1.replace("'", "\"").replace("(", " ( ");
    assertThat(RecurrentNotation.parse(spaced)).isEqualTo(v1);
  }

  @Test
  void whatIsNoCellIsRefusedWithItsPlace() {
    refused("Genotype(recurrent=[('tanh', 1)], concat=range(1, 2))", "a state before node 1, 0");
    refused("Genotype(recurrent=[('tan', 0)], concat=range(1, 2))", "did you mean 'tanh'?");
    refused("Genotype(recurrent=[('tanh', 0)], concat=range(0, 2))", "expected a node 1");
    refused(
        "Genotype(recurrent=[('tanh', 0)], concat=[1, 1])",
        "outputs are [1, 1], expected nodes from 1 to 1 in ascending order");
    refused("Genotype(recurrent=[], concat=[1])", "found ']' at 21, expected '('");
    refused("Genotype(recurrent=[('tanh', 0)])", "found ')' at 33, expected ','");
    assertThatThrownBy(() -> space(8).parse(PublishedCells.ENAS))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "recurrent space: the cell has 11 nodes of which 6 are outputs, expected 8 and all of"
                + " them");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> RecurrentNotation.parse(text))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("genotype: ")
        .hasMessageContaining(why);
  }

  @Test
  void everyCellIsItsChoicesItsTextAndTheChildOfItsOwnParents() {
    RecurrentSpace space = space(6);
    Philox random = Philox.of(5, "recurrent cells");
    for (int i = 0; i < 50; i++) {
      RecurrentGenotype cell = space.sample(random.trial(i));
      assertThat(space.parse(space.print(cell))).isEqualTo(cell);
      assertThat(space.ofChoices(space.choices(cell))).isEqualTo(cell);
      assertThat(space.cross(cell, cell, random.trial(i))).isEqualTo(cell);
      assertThat(space.neighbours(cell)).contains(space.mutate(cell, random.trial(i)));
      RecurrentGenotype father = space.sample(random.trial(100 + i));
      RecurrentGenotype child = space.cross(cell, father, random.trial(i));
      for (int node = 0; node < 6; node++) {
        Node mine = child.nodes().get(node);
        assertThat(mine.from())
            .isIn(cell.nodes().get(node).from(), father.nodes().get(node).from());
        assertThat(mine.function())
            .isIn(cell.nodes().get(node).function(), father.nodes().get(node).function());
      }
      float[] code = space.encode(cell);
      assertThat(code).hasSize(space.encodingLength()).hasSize(6 * 4 + 21);
      float ones = 0;
      for (float bit : code) {
        ones += bit;
      }
      assertThat(ones).isEqualTo(12);
    }
  }

  /** Node i has i other states to be made of and every node three other functions. */
  @Test
  void neighboursDifferInOneChoice() {
    RecurrentSpace space = space(5);
    RecurrentGenotype cell = space.sample(Philox.of(1, "cell"));
    List<RecurrentGenotype> neighbours = space.neighbours(cell);
    assertThat(new HashSet<>(neighbours)).hasSize(5 * 3 + 4 + 3 + 2 + 1).doesNotContain(cell);
    for (RecurrentGenotype other : neighbours) {
      int[] mine = space.choices(cell);
      int[] theirs = space.choices(other);
      int different = 0;
      for (int i = 0; i < mine.length; i++) {
        different += mine[i] == theirs[i] ? 0 : 1;
      }
      assertThat(different).isEqualTo(1);
    }
  }

  @Test
  void samplesAreUniform() {
    RecurrentSpace space = space(2);
    Map<RecurrentGenotype, Integer> counts = new LinkedHashMap<>();
    int draws = 32 * 200;
    Philox random = Philox.of(2, "uniform");
    for (int i = 0; i < draws; i++) {
      counts.merge(space.sample(random.trial(i)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(4 * 4 * 2);
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - 200.0) * (n - 200.0) / 200).sum();
    // The 99.99th percentile of chi-square with 31 degrees of freedom is 71.
    assertThat(chiSquare).isLessThan(71);
  }

  private static List<RecurrentGenotype> all(RecurrentSpace space, int nodes) {
    List<int[]> rows = new ArrayList<>(List.of(new int[2 * nodes]));
    for (int i = 0; i < 2 * nodes; i++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] row : rows) {
        for (int option = 0; option < space.options().get(i); option++) {
          int[] copy = row.clone();
          copy[i] = option;
          longer.add(copy);
        }
      }
      rows = longer;
    }
    return rows.stream().map(space::ofChoices).toList();
  }

  /**
   * Forests of rooted trees with four kinds of nodes: t(n) trees of n nodes, f(n) forests; t(n) = 4
   * f(n − 1), and f is the Euler transform of t.
   */
  private static long forests(int nodes) {
    long[] f = new long[nodes + 1];
    long[] t = new long[nodes + 1];
    f[0] = 1;
    for (int n = 1; n <= nodes; n++) {
      t[n] = 4 * f[n - 1];
      long sum = 0;
      for (int k = 1; k <= n; k++) {
        long divisors = 0;
        for (int d = 1; d <= k; d++) {
          divisors += k % d == 0 ? d * t[d] : 0;
        }
        sum += divisors * f[n - k];
      }
      f[n] = sum / n;
    }
    return f[nodes];
  }

  @Test
  void thereAreAsManyCanonicalFormsAsForestsOfLabelledTrees() {
    assertThat(forests(1)).isEqualTo(4);
    assertThat(forests(2)).isEqualTo(4 * 4 + 4 * 5 / 2);
    for (int nodes = 1; nodes <= 4; nodes++) {
      RecurrentSpace space = space(nodes);
      List<RecurrentGenotype> cells = all(space, nodes);
      assertThat(new Size.Exact(BigInteger.valueOf(cells.size()))).isEqualTo(space.size());
      Set<String> keys = new HashSet<>();
      cells.forEach(cell -> keys.add(space.canonical(cell)));
      assertThat((long) keys.size()).isEqualTo(forests(nodes));
    }
  }

  @Test
  void theOrderOfNodesAndNodesThatReachNoOutputDoNotTellCellsApart() {
    String one =
        "Genotype(recurrent=[('tanh', 0), ('relu', 0), ('relu', 1), ('tanh', 2)], concat=[3, 4])";
    String other =
        "Genotype(recurrent=[('relu', 0), ('tanh', 1), ('tanh', 0), ('sigmoid', 2), ('relu', 3)],"
            + " concat=[2, 5])";
    String third =
        "Genotype(recurrent=[('relu', 0), ('tanh', 1), ('tanh', 0), ('sigmoid', 2), ('relu', 3)],"
            + " concat=[2, 4, 5])";
    String key = RecurrentNotation.parse(one).canonical();
    assertThat(RecurrentNotation.parse(other).canonical()).isEqualTo(key);
    assertThat(RecurrentNotation.parse(third).canonical()).isNotEqualTo(key);
  }
}
