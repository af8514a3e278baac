package espalier.core.supernet;

import espalier.core.nn.Initializer;
import espalier.core.nn.Scope;
import espalier.core.space.Cell;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellSpace;
import espalier.core.space.Operation;
import espalier.core.space.Relaxable;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The supernet of a space of cells under the continuous relaxation of DARTS: every edge is the sum
 * of its candidates weighted by a softmax over its row of α, which cells of one kind share. α
 * starts at {@code 1e-3·N(0, 1)}.
 *
 * @param <A> an architecture of the space
 */
public record CellSupernet<A>(Relaxable<A> space, int classes) implements Supernet<A> {
  private static final Initializer START = new Initializer.Normal(1e-3);
  private static final String ALPHA = "alpha";

  @Override
  public List<Table> tables() {
    return space.cellSpaces().stream()
        .map(cells ->
            new Table(
                ALPHA + "." + cells.name(),
                cells.name(),
                cells.edges().stream().map(edge -> edge.from() + "→" + edge.to()).toList(),
                cells.candidates().stream().map(Operation::label).toList()))
        .toList();
  }

  @Override
  public Outputs build(Scope scope, Tensor images) {
    Scope alpha = scope.auxiliary(ALPHA);
    List<CellBuilder> builders = new ArrayList<>();
    for (CellSpace cells : space.cellSpaces()) {
      Shape shape = Shape.of(cells.edges().size(), cells.candidates().size());
      Tensor parameters = alpha.parameter(cells.name(), shape, START);
      builders.add(new MixedCell(cells, parameters.softmax()));
    }
    return space.supernet(classes, builders).build(scope, images);
  }

  @Override
  public A derive(Map<String, float[]> parameters) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < tables().size(); i++) {
      Table table = tables().get(i);
      float[] values = Objects.requireNonNull(parameters.get(table.variable()));
      cells.add(Discretiser.cell(space.cellSpaces().get(i), table.weights(values)));
    }
    return space.ofCells(cells);
  }
}
