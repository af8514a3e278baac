package espalier.core.space;

import espalier.core.io.DataException;
import espalier.core.nn.Network;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The space of NAS-Bench-101 [Ying et al. 2019]: graphs of up to seven vertices and nine edges. As
 * in the benchmark's own searches a candidate is a matrix of all vertices, some of which may lie on
 * no path from input to output: these and their edges do not count, and the rest must have a path
 * and few enough edges.
 *
 * <p>Not every choice of edges is a cell, so this space is not {@link Categorical}: it suits
 * strategies that draw, change, cross or encode candidates.
 */
public final class Nb101Space
    implements Neighbourly<Nb101Cell>, Crossable<Nb101Cell>, Encodable<Nb101Cell> {
  private static final int LEAST_VERTICES = 3;
  private static final List<Nb101Operation> OPERATIONS = Nb101Operation.all();

  private final int vertices;
  private final int mostEdges;
  private final Nb101Macro macro;
  private final Size size;

  /**
   * Cells within bounds.
   *
   * @param vertices of every candidate, those on no path included
   * @param mostEdges on paths from input to output
   */
  public Nb101Space(int vertices, int mostEdges, Nb101Macro macro) {
    if (vertices < LEAST_VERTICES || vertices > Nb101Cell.MOST_VERTICES || mostEdges < 2) {
      throw new IllegalArgumentException(
          "NAS-Bench-101: %d vertices and %d edges, expected %d to %d vertices and 2 edges or more"
              .formatted(vertices, mostEdges, LEAST_VERTICES, Nb101Cell.MOST_VERTICES));
    }
    this.vertices = vertices;
    this.mostEdges = mostEdges;
    this.macro = macro;
    this.size = counted(vertices, mostEdges);
  }

  private static Size counted(int vertices, int mostEdges) {
    long matrices =
        LongStream.range(0, 1L << Nb101Cell.pairs(vertices))
            .filter(edges -> isCell((int) edges, vertices, mostEdges))
            .count();
    int labellings = Nb101Order.power(OPERATIONS.size(), vertices - 2);
    return new Size.Exact(BigInteger.valueOf(matrices).multiply(BigInteger.valueOf(labellings)));
  }

  private static boolean isCell(int edges, int vertices, int mostEdges) {
    int live = Nb101Cell.live(vertices, edges);
    return live != 0 && Nb101Cell.edgesAmong(live, edges) <= mostEdges;
  }

  /** The benchmark's cells in its networks. */
  public static Nb101Space standard() {
    return of(Nb101Macro.standard());
  }

  /** The benchmark's cells in networks of other sizes. */
  public static Nb101Space of(Nb101Macro macro) {
    return new Nb101Space(Nb101Cell.MOST_VERTICES, 9, macro);
  }

  @Override
  public String name() {
    return "nas-bench-101";
  }

  /** {@inheritDoc} A candidate is a matrix and its labels; {@link #unique} has one of each kind. */
  @Override
  public Size size() {
    return size;
  }

  /**
   * A cell that no other has fewer parameters or multiply-accumulates than: a chain of poolings,
   * all of which the output reads. The input is projected onto the channels of the first alone,
   * which are fewest where as many as possible share those of the output.
   */
  public Nb101Cell cheapest() {
    int poolings = Math.min(vertices - 2, mostEdges / 2);
    int output = poolings + 1;
    int edges = 0;
    for (int vertex = 1; vertex <= poolings; vertex++) {
      edges |= 1 << Nb101Cell.bit(vertex - 1, vertex) | 1 << Nb101Cell.bit(vertex, output);
    }
    List<Nb101Operation> operations = Collections.nCopies(poolings, Nb101Operation.MAX_POOL_3X3);
    return new Nb101Cell(operations, edges).widened(vertices);
  }

  /** One cell of each class of isomorphic ones, in its canonical form, the smaller ones first. */
  public Stream<Nb101Cell> unique() {
    return IntStream.rangeClosed(2, vertices)
        .boxed()
        .flatMap(size -> Nb101Order.codes(size, mostEdges).mapToObj(Nb101Order::cell));
  }

  /** Whether a cell is one of this space. */
  public boolean contains(Nb101Cell cell) {
    return cell.vertices() == vertices && isMember(cell.edges());
  }

  private boolean isMember(int edges) {
    return isCell(edges, vertices, mostEdges);
  }

  /** {@inheritDoc} Every matrix with labels is as likely as another: drawn until one is a cell. */
  @Override
  public Nb101Cell sample(Philox random) {
    Draws draws = new Draws(random);
    int edges;
    do {
      edges = draws.below(1 << Nb101Cell.pairs(vertices));
    } while (!isMember(edges));
    List<Nb101Operation> operations = new ArrayList<>();
    while (operations.size() < vertices - 2) {
      operations.add(OPERATIONS.get(draws.below(OPERATIONS.size())));
    }
    return new Nb101Cell(operations, edges);
  }

  /**
   * {@inheritDoc} Isomorphic cells share it, as in the benchmark, although their networks may
   * differ in which of two vertices has one channel more.
   */
  @Override
  public String canonical(Nb101Cell cell) {
    return Nb101Notation.print(member(cell).canonical());
  }

  /** {@inheritDoc} Another edge or another label, also where it lies on no path. */
  @Override
  public List<Nb101Cell> neighbours(Nb101Cell cell) {
    List<Nb101Cell> neighbours = new ArrayList<>();
    for (int bit = 0; bit < Nb101Cell.pairs(vertices); bit++) {
      int edges = member(cell).edges() ^ 1 << bit;
      if (isMember(edges)) {
        neighbours.add(new Nb101Cell(cell.operations(), edges));
      }
    }
    for (int i = 0; i < cell.operations().size(); i++) {
      for (Nb101Operation operation : OPERATIONS) {
        if (operation != cell.operations().get(i)) {
          List<Nb101Operation> changed = new ArrayList<>(cell.operations());
          changed.set(i, operation);
          neighbours.add(new Nb101Cell(changed, cell.edges()));
        }
      }
    }
    return neighbours;
  }

  /**
   * {@inheritDoc} As in the benchmark's evolution, several steps at once: of V vertices each edge
   * changes with odds of 1 / V, each label with 1 / (V − 2), until the result is another cell.
   */
  @Override
  public Nb101Cell mutate(Nb101Cell cell, Philox random) {
    Draws draws = new Draws(random);
    Nb101Cell mutant = member(cell);
    while (mutant.equals(cell) || !isMember(mutant.edges())) {
      int edges = cell.edges();
      for (int bit = 0; bit < Nb101Cell.pairs(vertices); bit++) {
        edges ^= draws.chance(1.0 / vertices) ? 1 << bit : 0;
      }
      List<Nb101Operation> operations = new ArrayList<>();
      for (Nb101Operation operation : cell.operations()) {
        operations.add(draws.chance(1.0 / (vertices - 2)) ? another(operation, draws) : operation);
      }
      mutant = new Nb101Cell(operations, edges);
    }
    return mutant;
  }

  private static Nb101Operation another(Nb101Operation operation, Draws draws) {
    int step = 1 + draws.below(OPERATIONS.size() - 1);
    return OPERATIONS.get((operation.position() + step) % OPERATIONS.size());
  }

  /**
   * {@inheritDoc} Each vertex comes with its label and the edges into it from either parent, both
   * alike likely, until the child is a cell.
   */
  @Override
  public Nb101Cell cross(Nb101Cell mother, Nb101Cell father, Philox random) {
    Draws draws = new Draws(random);
    int edges;
    List<Nb101Operation> operations = new ArrayList<>();
    do {
      edges = 0;
      operations.clear();
      for (int vertex = 1; vertex < vertices; vertex++) {
        Nb101Cell parent = member(draws.coin() ? mother : father);
        edges |= parent.sources(vertex) << Nb101Cell.pairs(vertex);
        if (vertex < vertices - 1) {
          operations.add(parent.operations().get(vertex - 1));
        }
      }
    } while (!isMember(edges));
    return new Nb101Cell(operations, edges);
  }

  @Override
  public int encodingLength() {
    return Nb101Cell.pairs(vertices) + (vertices - 2) * OPERATIONS.size();
  }

  /**
   * {@inheritDoc} The matrix above its diagonal, then for each operation 1 at the one it is, of the
   * canonical form: isomorphic cells are one point. Vertices it does without are zeros before the
   * output.
   */
  @Override
  public float[] encode(Nb101Cell cell) {
    Nb101Cell canonical = member(cell).canonical();
    int edges = canonical.widened(vertices).edges();
    float[] encoding = new float[encodingLength()];
    int pairs = Nb101Cell.pairs(vertices);
    for (int bit = 0; bit < pairs; bit++) {
      encoding[bit] = edges >>> bit & 1;
    }
    for (int i = 0; i < canonical.operations().size(); i++) {
      encoding[pairs + i * OPERATIONS.size() + canonical.operations().get(i).position()] = 1;
    }
    return encoding;
  }

  /**
   * {@inheritDoc} Its vertices, each with its row of the matrix above the diagonal: {@code
   * input:101 conv3x3-bn-relu:01 maxpool3x3:1 output}.
   */
  @Override
  public String print(Nb101Cell cell) {
    return Nb101Notation.print(cell);
  }

  /** {@inheritDoc} A cell of fewer vertices gets others on no path. */
  @Override
  public Nb101Cell parse(String text) {
    return member(Nb101Notation.parse(text, vertices).widened(vertices));
  }

  @Override
  public Network model(Nb101Cell cell, int classes) {
    return macro.network(member(cell), classes);
  }

  private Nb101Cell member(Nb101Cell cell) {
    if (!contains(cell)) {
      throw new DataException(
          "NAS-Bench-101: the cell has %d vertices and %d edges on paths from input to output, expected %d vertices and 1 to %d such edges"
              .formatted(cell.vertices(), cell.liveEdges(), vertices, mostEdges));
    }
    return cell;
  }

  @Override
  public String toString() {
    return "Nb101Space[vertices=%d, mostEdges=%d, macro=%s]".formatted(vertices, mostEdges, macro);
  }
}
