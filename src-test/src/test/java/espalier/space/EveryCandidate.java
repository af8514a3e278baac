package espalier.space;

import espalier.core.nn.Scope;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellPlace;
import espalier.core.space.CellSpace;
import espalier.core.space.Operation;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A supernet's cell with all weights 1: every edge sums all its candidates. */
record EveryCandidate(CellSpace space) implements CellBuilder {
  @Override
  public Tensor build(Scope scope, List<Tensor> inputs, CellPlace place) {
    List<Tensor> states = new ArrayList<>(inputs);
    for (int to = space.inputs(); to < space.inputs() + space.nodes(); to++) {
      List<Tensor> terms = new ArrayList<>();
      for (int from = 0; from < to; from++) {
        for (Operation operation : space.candidates()) {
          Scope edge = CellBuilder.edgeScope(scope, from, to, operation);
          var site = place.site(from < space.inputs());
          terms.add(operation.layer(site).apply(edge, states.get(from)));
        }
      }
      states.add(terms.stream().reduce(Tensor::add).orElseThrow());
    }
    return Tensor.concat(3, space.outputs().stream().map(states::get).toList());
  }
}
