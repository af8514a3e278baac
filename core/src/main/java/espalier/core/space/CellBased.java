package espalier.core.space;

import espalier.core.nn.Network;
import espalier.core.random.Philox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A space whose architectures are cells, one from each of a few cell spaces. */
public interface CellBased<A>
    extends Neighbourly<A>, Crossable<A>, Categorical<A>, Encodable<A>, Relaxable<A> {

  /** The network that a search trains in an architecture's place: mostly a smaller one. */
  default Network proxy(A architecture, int classes) {
    return model(architecture, classes);
  }

  @Override
  default Size size() {
    return new Size.Exact(
        cellSpaces().stream().map(CellSpace::size).reduce(BigInteger.ONE, BigInteger::multiply));
  }

  @Override
  default A sample(Philox random) {
    List<Cell> cells = new ArrayList<>();
    for (CellSpace space : cellSpaces()) {
      cells.add(space.sample(random.trial(cells.size())));
    }
    return ofCells(cells);
  }

  @Override
  default String canonical(A architecture) {
    List<Cell> cells = cells(architecture);
    List<String> keys = new ArrayList<>();
    for (CellSpace space : cellSpaces()) {
      keys.add(CanonicalCell.key(cells.get(keys.size()), space.reduction()));
    }
    return keys.stream().collect(Collectors.joining(";"));
  }

  /**
   * The architecture as an expression of its cells' inputs, a coarser key than {@link #canonical}:
   * it neither tells one operation used twice from two operations of a kind, nor an operation of
   * zeros, which its normalisation may offset, from nothing.
   */
  default String formula(A architecture) {
    List<Cell> cells = cells(architecture);
    List<String> formulas = new ArrayList<>();
    for (CellSpace space : cellSpaces()) {
      formulas.add(CellFormula.of(cells.get(formulas.size()), space.reduction()));
    }
    return String.join(";", formulas);
  }

  @Override
  default List<A> neighbours(A architecture) {
    List<A> neighbours = new ArrayList<>();
    List<Cell> cells = cells(architecture);
    for (int i = 0; i < cells.size(); i++) {
      for (Cell changed : cellSpaces().get(i).neighbours(cells.get(i))) {
        neighbours.add(ofCells(replace(cells, i, changed)));
      }
    }
    return neighbours;
  }

  /** {@inheritDoc} The cell that changes is drawn uniformly. */
  @Override
  default A mutate(A architecture, Philox random) {
    List<Cell> cells = cells(architecture);
    int i = random.below(0, cells.size());
    return ofCells(replace(cells, i, cellSpaces().get(i).mutate(cells.get(i), random.trial(i))));
  }

  /** {@inheritDoc} Each node comes from either parent, both alike likely. */
  @Override
  default A cross(A mother, A father, Philox random) {
    List<Cell> children = new ArrayList<>();
    for (int i = 0; i < cellSpaces().size(); i++) {
      List<List<Cell.Edge>> nodes = new ArrayList<>();
      for (int node = 0; node < cellSpaces().get(i).nodes(); node++) {
        A parent = random.trial(i).below(node, 2) == 0 ? mother : father;
        nodes.add(cells(parent).get(i).nodes().get(node));
      }
      children.add(cellSpaces().get(i).cell(nodes));
    }
    return ofCells(children);
  }

  /** {@inheritDoc} The decisions of the first cell, then those of the next. */
  @Override
  default List<Integer> options() {
    return cellSpaces().stream()
        .flatMap(space -> new CellDecisions(space).options().stream())
        .toList();
  }

  @Override
  default int[] choices(A architecture) {
    int[] choices = new int[options().size()];
    int offset = 0;
    List<Cell> cells = cells(architecture);
    for (int i = 0; i < cells.size(); i++) {
      offset = new CellDecisions(cellSpaces().get(i)).write(cells.get(i), choices, offset);
    }
    return choices;
  }

  @Override
  default A ofChoices(int[] choices) {
    List<Cell> cells = new ArrayList<>();
    int offset = 0;
    for (CellSpace space : cellSpaces()) {
      CellDecisions decisions = new CellDecisions(space);
      cells.add(decisions.read(choices, offset));
      offset += decisions.options().size();
    }
    return ofCells(cells);
  }

  private static List<Cell> replace(List<Cell> cells, int index, Cell cell) {
    List<Cell> changed = new ArrayList<>(cells);
    changed.set(index, cell);
    return changed;
  }

  @Override
  default int encodingLength() {
    return cellSpaces().stream().mapToInt(CellSpace::encodingLength).sum();
  }

  /** One row for each edge of each cell space, 1 at the operation the edge has. */
  @Override
  default float[] encode(A architecture) {
    float[] encoding = new float[encodingLength()];
    List<Cell> cells = cells(architecture);
    int offset = 0;
    for (int i = 0; i < cells.size(); i++) {
      CellSpace space = cellSpaces().get(i);
      space.encode(cells.get(i), encoding, offset);
      offset += space.encodingLength();
    }
    return encoding;
  }
}
