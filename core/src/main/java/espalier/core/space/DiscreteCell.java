package espalier.core.space;

import espalier.core.nn.Dropout;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the cell that a genotype describes. Every edge is declared, also one whose value reaches
 * no output: published counts include it.
 *
 * @param dropPath whether training drops paths, except identities
 */
public record DiscreteCell(Cell cell, boolean dropPath) implements CellBuilder {
  @Override
  public Tensor build(Scope scope, List<Tensor> inputs, CellPlace place) {
    if (inputs.size() != cell.inputs()) {
      throw new IllegalArgumentException(
          "cell %d: given %d inputs, expected %d"
              .formatted(place.index(), inputs.size(), cell.inputs()));
    }
    List<Tensor> states = new ArrayList<>(inputs);
    for (List<Cell.Edge> edges : cell.nodes()) {
      states.add(node(scope, states, edges, place));
    }
    return Tensor.concat(3, cell.outputs().stream().map(states::get).toList());
  }

  private Tensor node(Scope scope, List<Tensor> states, List<Cell.Edge> edges, CellPlace place) {
    List<Tensor> zeros = new ArrayList<>();
    List<Tensor> terms = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      Cell.Edge edge = edges.get(i);
      Site site = place.site(edge.from() < cell.inputs());
      Operation operation = edge.operation();
      Operation.Kind kind = operation.kind(site.stride());
      Scope edgeScope = CellBuilder.edgeScope(scope, edge.from(), states.size(), operation);
      int twins = edges.subList(0, i).stream().filter(edge::equals).toList().size();
      Tensor value =
          operation
              .layer(site)
              .apply(
                  twins == 0 ? edgeScope : edgeScope.child("twin" + twins),
                  states.get(edge.from()));
      switch (kind) {
        case ZERO -> zeros.add(value);
        case IDENTITY -> terms.add(value);
        case FIXED, WEIGHTED ->
            terms.add(dropPath ? Dropout.path().apply(edgeScope, value) : value);
      }
    }
    return (terms.isEmpty() ? zeros : terms).stream().reduce(Tensor::add).orElseThrow();
  }
}
