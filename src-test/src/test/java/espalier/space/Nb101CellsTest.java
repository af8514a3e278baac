package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb101Cell;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Operation;
import espalier.core.space.Nb101Space;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which graphs are cells of NAS-Bench-101, and which of them are the same one. */
final class Nb101CellsTest {
  private static final Nb101Macro SMALL = new Nb101Macro(5, 1);

  /** Every matrix of so many vertices with every labelling, whether it is a cell or not. */
  private static Stream<Nb101Cell> everything(int vertices) {
    int matrices = 1 << (vertices * (vertices - 1) / 2);
    List<List<Nb101Operation>> labellings = List.of(List.of());
    for (int i = 0; i < vertices - 2; i++) {
      labellings =
          labellings.stream()
              .flatMap(start -> Nb101Operation.all().stream().map(next -> joined(start, next)))
              .toList();
    }
    return labellings.stream()
        .flatMap(
            labels -> IntStream.range(0, matrices).mapToObj(edges -> new Nb101Cell(labels, edges)));
  }

  private static List<Nb101Operation> joined(List<Nb101Operation> start, Nb101Operation next) {
    List<Nb101Operation> joined = new ArrayList<>(start);
    joined.add(next);
    return joined;
  }

  /** Which vertices can be reached from which, by Warshall's rule; each from itself. */
  private static boolean[][] reach(Nb101Cell cell) {
    int n = cell.vertices();
    boolean[][] reach = new boolean[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        reach[i][j] = i == j || (i < j && cell.hasEdge(i, j));
      }
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          reach[i][j] |= reach[i][k] && reach[k][j];
        }
      }
    }
    return reach;
  }

  private static List<Integer> onPaths(Nb101Cell cell) {
    boolean[][] reach = reach(cell);
    int output = cell.vertices() - 1;
    return IntStream.rangeClosed(0, output)
        .filter(v -> reach[0][v] && reach[v][output])
        .boxed()
        .toList();
  }

  private static int edges(Nb101Cell cell, List<Integer> vertices) {
    int edges = 0;
    for (int from : vertices) {
      for (int to : vertices) {
        edges += from < to && cell.hasEdge(from, to) ? 1 : 0;
      }
    }
    return edges;
  }

  /** The least text of what is on paths over all orders of the vertices between its ends. */
  private static String leastText(Nb101Cell cell) {
    List<Integer> kept = onPaths(cell);
    List<Integer> inner = kept.subList(1, kept.size() - 1);
    return orders(inner).stream()
        .map(order -> {
          List<Integer> all = new ArrayList<>(order);
          all.addFirst(0);
          all.addLast(cell.vertices() - 1);
          return text(cell, all);
        })
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static String text(Nb101Cell cell, List<Integer> order) {
    StringBuilder text = new StringBuilder();
    for (int from : order) {
      boolean isInner = from > 0 && from < cell.vertices() - 1;
      text.append(isInner ? cell.operations().get(from - 1).label() : "|");
      for (int to : order) {
        text.append(from < to && cell.hasEdge(from, to) ? '1' : '0');
      }
    }
    return text.toString();
  }

  private static List<List<Integer>> orders(List<Integer> values) {
    if (values.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (Integer first : values) {
      List<Integer> rest = values.stream().filter(value -> !value.equals(first)).toList();
      for (List<Integer> order : orders(rest)) {
        List<Integer> all = new ArrayList<>(order);
        all.addFirst(first);
        orders.add(all);
      }
    }
    return orders;
  }

  @Test
  void thereAreAsManyDifferentCellsAsPublished() {
    Nb101Space space = Nb101Space.standard();
    Set<Nb101Cell> cells = new HashSet<>();
    space
        .unique()
        .forEach(cell -> {
          assertThat(cell.vertices()).isLessThanOrEqualTo(7);
          assertThat(cell.liveEdges())
              .isEqualTo(Integer.bitCount(cell.edges()))
              .isLessThanOrEqualTo(9);
          cells.add(cell);
        });
    assertThat(cells).hasSize(423_624);
  }

  /** With few enough edges for the limit to matter. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void theCanonicalFormIsThatOfEveryOrderOfTheVertices(int vertices) {
    int mostEdges = vertices + 1;
    Nb101Space space = new Nb101Space(vertices, mostEdges, SMALL);
    Map<String, String> canonical = new HashMap<>();
    long[] members = new long[1];
    everything(vertices)
        .forEach(cell -> {
          List<Integer> kept = onPaths(cell);
          boolean isCell = !kept.isEmpty() && edges(cell, kept) <= mostEdges;
          assertThat(space.contains(cell)).isEqualTo(isCell);
          assertThat(cell.isConnected()).isEqualTo(!kept.isEmpty());
          if (isCell) {
            members[0]++;
            assertThat(cell.liveEdges()).isEqualTo(edges(cell, kept));
            assertThat(leastText(cell.pruned())).isEqualTo(leastText(cell));
            String key = space.canonical(cell);
            assertThat(canonical.merge(leastText(cell), key, (a, b) -> a)).isEqualTo(key);
          }
        });
    assertThat(new HashSet<>(canonical.values())).hasSameSizeAs(canonical.keySet());
    assertThat(space.unique()).hasSize(canonical.size());
    assertThat(space.size()).isEqualTo(new Size.Exact(BigInteger.valueOf(members[0])));
  }

  /** Vertices of seven in other orders, some of them on no path. */
  @Test
  void cellsOfSevenVerticesInAnotherOrderAreTheSame() {
    Nb101Space space = Nb101Space.of(SMALL);
    Philox random = Philox.of(8, "orders");
    int moved = 0;
    for (int i = 0; i < 2_000; i++) {
      Nb101Cell cell = space.sample(random.trial(i));
      Nb101Cell other = reordered(cell, random.trial(i).step(1));
      moved += other.equals(cell) ? 0 : 1;
      assertThat(space.canonical(other)).isEqualTo(space.canonical(cell));
      assertThat(leastText(other)).isEqualTo(leastText(cell));
      assertThat(leastText(cell.canonical())).isEqualTo(leastText(cell));
      assertThat(space.encode(other)).containsExactly(space.encode(cell));
    }
    assertThat(moved).isGreaterThan(500);
  }

  /** The same cell in a topological order drawn step by step. */
  private static Nb101Cell reordered(Nb101Cell cell, Philox random) {
    int output = cell.vertices() - 1;
    List<Integer> order = new ArrayList<>(List.of(0));
    while (order.size() < output) {
      List<Integer> open =
          IntStream.range(1, output)
              .filter(v -> !order.contains(v))
              .filter(v ->
                  IntStream.range(1, v).allMatch(s -> !cell.hasEdge(s, v) || order.contains(s)))
              .boxed()
              .toList();
      order.add(open.get(random.below(order.size(), open.size())));
    }
    order.add(output);
    int edges = 0;
    for (int to = 1; to <= output; to++) {
      for (int from = 0; from < to; from++) {
        int source = order.get(from);
        int target = order.get(to);
        if (source < target && cell.hasEdge(source, target)) {
          edges |= 1 << (to * (to - 1) / 2 + from);
        }
      }
    }
    return new Nb101Cell(
        order.subList(1, output).stream().map(v -> cell.operations().get(v - 1)).toList(), edges);
  }

  @Test
  void aGraphHasWhatIsOnPaths() {
    Nb101Cell cell =
        Nb101Space.of(SMALL)
            .parse("input:1101 conv1x1-bn-relu:010 conv3x3-bn-relu:00 maxpool3x3:1 output");
    assertThat(cell.vertices()).isEqualTo(7);
    assertThat(cell.graph())
        .isEqualTo(
            new LabelledGraph(
                List.of("input", "conv1x1-bn-relu", "maxpool3x3", "output"),
                List.of(List.of(), List.of(0), List.of(1), List.of(0, 2))));
  }

  @Test
  void whatIsNoCellHasNoCanonicalForm() {
    assertThatThrownBy(() -> new Nb101Cell(List.of(Nb101Operation.CONV_1X1), 0b001).canonical())
        .hasMessage("NAS-Bench-101 cell: no path from input to output, expected one");
    assertThatThrownBy(() -> new Nb101Cell(List.of(), 0b10))
        .hasMessageStartingWith("NAS-Bench-101 cell: 2 vertices and edges 10, expected");
    assertThatThrownBy(() -> new Nb101Space(2, 9, SMALL))
        .hasMessage(
            "NAS-Bench-101: 2 vertices and 9 edges, expected 3 to 7 vertices and 2 edges or more");
  }
}
