package espalier.bench.peers;

import espalier.core.space.CellSpace;
import espalier.core.space.Operation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A cell of the supernet as its authors compute it: every operation of every edge by itself. */
record MixedCell(CellSpace space) {

  /** The cell; {@code weights} are the softmax of α. */
  Tensor build(Place at, Tensor s0, Tensor s1, Tensor weights) {
    List<Tensor> states = new ArrayList<>(List.of(s0, s1));
    List<CellSpace.Edge> edges = space.edges();
    int row = 0;
    while (row < edges.size()) {
      int to = edges.get(row).to();
      Tensor sum = edge(at, states, row, weights);
      for (row++; row < edges.size() && edges.get(row).to() == to; row++) {
        int next = row;
        Tensor sofar = sum;
        sum = Scopes.only(() -> sofar.add(edge(at, states, next, weights)));
      }
      states.add(sum);
    }
    return Place.concat(states.subList(2, states.size()).toArray(Tensor[]::new));
  }

  /** The weighted sum of all operations of an edge. */
  private Tensor edge(Place at, List<Tensor> states, int row, Tensor weights) {
    Tensor sum = term(at, states, row, 0, weights);
    for (int column = 1; column < space.candidates().size(); column++) {
      int next = column;
      Tensor sofar = sum;
      sum = Scopes.only(() -> sofar.add(term(at, states, row, next, weights)));
    }
    return sum;
  }

  private Tensor term(Place at, List<Tensor> states, int row, int column, Tensor weights) {
    CellSpace.Edge edge = space.edges().get(row);
    Operation operation = space.candidates().get(column);
    Place place = at.child("edge%d_%d".formatted(edge.from(), edge.to())).child(operation.label());
    long stride = space.reduction() && edge.from() < space.inputs() ? 2 : 1;
    return Scopes.only(() ->
        weights
            .select(0, row)
            .select(0, column)
            .mul(
                DartsLayers.operation(
                    place, operation.label(), states.get(edge.from()), stride, true)));
  }
}
