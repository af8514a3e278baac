package espalier.core.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cells by their paths: a feature for each input and each sequence of operations, 1 if such a path
 * leads from the input to an output [White, Neiswanger, Savani: BANANAS, AAAI 2021]. Which nodes a
 * path passes does not count, and a zero operation ends it. The features of NAS-Bench-201 are 4 +
 * 16 + 64 = 84.
 *
 * @param space whose architectures are encoded, cell after cell
 * @param longest path that has a feature, in operations
 */
public record PathEncoding<A>(Relaxable<A> space, int longest) implements Encodable<A> {
  /*
   * The paths of k operations stand before those of k + 1, and each kind of length is numbered in
   * base of the operations: the first operation is the highest digit.
   */
  public PathEncoding {
    int nodes = space.cellSpaces().stream().mapToInt(CellSpace::nodes).max().orElse(0);
    if (longest < 1 || longest > nodes) {
      throw new IllegalArgumentException(
          "path encoding: paths of up to %d operations, expected 1 to %d"
              .formatted(longest, nodes));
    }
    long length = 0;
    for (CellSpace cells : space.cellSpaces()) {
      length += cells.inputs() * paths(operations(cells).size(), longest);
    }
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "path encoding: paths of up to %d operations give %d features, expected at most %d"
              .formatted(longest, length, Integer.MAX_VALUE));
    }
  }

  /** The encoding with a feature for every path there can be. */
  public static <A> PathEncoding<A> complete(Relaxable<A> space) {
    return new PathEncoding<>(
        space, space.cellSpaces().stream().mapToInt(CellSpace::nodes).max().orElse(0));
  }

  @Override
  public int encodingLength() {
    return space.cellSpaces().stream().mapToInt(this::length).sum();
  }

  private int length(CellSpace cells) {
    return cells.inputs() * (int) paths(operations(cells).size(), longest);
  }

  @Override
  public float[] encode(A architecture) {
    float[] encoding = new float[encodingLength()];
    List<Cell> cells = space.cells(architecture);
    int offset = 0;
    for (int i = 0; i < cells.size(); i++) {
      CellSpace cellSpace = space.cellSpaces().get(i);
      for (int feature : features(cells.get(i), operations(cellSpace))) {
        encoding[offset + feature] = 1;
      }
      offset += length(cellSpace);
    }
    return encoding;
  }

  /** What a path may be made of. */
  private static List<Operation> operations(CellSpace cells) {
    return cells.choices().stream().filter(o -> o.kind(1) != Operation.Kind.ZERO).toList();
  }

  /** How many sequences of 1 to {@code longest} of so many operations there are. */
  private static long paths(int operations, int longest) {
    long paths = 0;
    for (int length = 1; length <= longest; length++) {
      paths = (paths + 1) * operations;
    }
    return paths;
  }

  /** A way from an input to a state: how many operations, and their number among those. */
  private record Way(int input, int length, int number) implements Comparable<Way> {
    @Override
    public int compareTo(Way other) {
      int order = Integer.compare(input, other.input);
      order = order != 0 ? order : Integer.compare(length, other.length);
      return order != 0 ? order : Integer.compare(number, other.number);
    }
  }

  private List<Integer> features(Cell cell, List<Operation> operations) {
    List<Set<Way>> ways = new ArrayList<>();
    for (int input = 0; input < cell.inputs(); input++) {
      ways.add(Set.of(new Way(input, 0, 0)));
    }
    for (List<Cell.Edge> edges : cell.nodes()) {
      Set<Way> into = new TreeSet<>();
      for (Cell.Edge edge : edges) {
        int operation = operations.indexOf(edge.operation());
        for (Way way : ways.get(edge.from())) {
          if (operation >= 0 && way.length() < longest) {
            into.add(
                new Way(
                    way.input(), way.length() + 1, way.number() * operations.size() + operation));
          }
        }
      }
      ways.add(into);
    }
    int perInput = (int) paths(operations.size(), longest);
    return cell.outputs().stream()
        .flatMap(output -> ways.get(output).stream())
        .map(way ->
            way.input() * perInput
                + (int) paths(operations.size(), way.length() - 1)
                + way.number())
        .distinct()
        .toList();
  }
}
