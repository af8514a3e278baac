package espalier.core.space;

import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * Builds the cells of one kind in a macro network: a genotype's cell does, and so does a
 * supernet's, which mixes candidates on every edge.
 */
@FunctionalInterface
public interface CellBuilder {

  /**
   * Builds the cell at {@code place}.
   *
   * @param inputs [N, H, W, channels of the place], as many as the cell has inputs
   * @return [N, H', W', C] with any C
   */
  Tensor build(Scope scope, List<Tensor> inputs, CellPlace place);

  /**
   * The scope of an operation's variables on the edge between two states: one name in supernets and
   * in the networks chosen from them, so that weights can be carried over.
   */
  static Scope edgeScope(Scope cell, int from, int to, Operation operation) {
    return cell.child("edge%d_%d".formatted(from, to)).child(operation.label());
  }
}
