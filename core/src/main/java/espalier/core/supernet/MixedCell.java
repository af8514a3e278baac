package espalier.core.supernet;

import espalier.core.nn.Scope;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellPlace;
import espalier.core.space.CellSpace;
import espalier.core.space.Operation;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell with every edge of its space, each the sum of all candidate operations weighted by a row
 * of {@code weights} [edges, candidates].
 */
record MixedCell(CellSpace space, Tensor weights) implements CellBuilder {
  @Override
  public Tensor build(Scope scope, List<Tensor> inputs, CellPlace place) {
    List<Tensor> states = new ArrayList<>(inputs);
    List<CellSpace.Edge> edges = space.edges();
    for (int to = space.inputs(); to < space.inputs() + space.nodes(); to++) {
      List<Tensor> terms = new ArrayList<>();
      for (int row = 0; row < edges.size(); row++) {
        if (edges.get(row).to() == to) {
          mix(scope, states, row, place, terms);
        }
      }
      states.add(terms.stream().reduce(Tensor::add).orElseThrow());
    }
    return Tensor.concat(3, space.outputs().stream().map(states::get).toList());
  }

  /**
   * Adds the weighted operations of edge {@code row}; an operation that answers zeros adds none.
   */
  private void mix(Scope scope, List<Tensor> states, int row, CellPlace place, List<Tensor> terms) {
    CellSpace.Edge edge = space.edges().get(row);
    boolean fromInput = edge.from() < space.inputs();
    for (int column = 0; column < space.candidates().size(); column++) {
      Operation operation = space.candidates().get(column);
      if (operation.kind(place.site(fromInput).stride()) == Operation.Kind.ZERO) {
        continue;
      }
      Tensor value =
          operation
              .layer(place.site(fromInput))
              .apply(
                  CellBuilder.edgeScope(scope, edge.from(), edge.to(), operation),
                  states.get(edge.from()));
      Tensor weight = weights.slice(0, row, row + 1).slice(1, column, column + 1);
      terms.add(value.mul(weight));
    }
  }
}
