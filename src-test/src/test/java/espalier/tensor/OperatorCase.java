package espalier.tensor;

import espalier.core.tensor.Graph;
import espalier.core.tensor.Op;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operation and operands at which it is smooth within 100 steps of the central differences.
 *
 * @param indices an integer operand behind the others, through which nothing flows
 */
public record OperatorCase(Op op, List<Input> inputs, Optional<Indices> indices) {
  /** The feed of the integer operand. */
  static final String INDICES = "indices";

  /** One operand. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and varied in place.
  public record Input(Shape shape, double[] values) {
    @Override
    public String toString() {
      return shape.toString();
    }
  }

  /** An integer operand. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  public record Indices(Shape shape, int[] values) {
    @Override
    public String toString() {
      return shape.toString();
    }
  }

  /** A case of {@code op} without operands yet. */
  public static OperatorCase of(Op op) {
    return new OperatorCase(op, List.of(), Optional.empty());
  }

  /** This case with one operand more. */
  public OperatorCase with(Shape shape, double[] values) {
    List<Input> more = new ArrayList<>(inputs);
    more.add(new Input(shape, values));
    return new OperatorCase(op, List.copyOf(more), indices);
  }

  /** This case with an integer operand behind all others. */
  public OperatorCase withIndices(Shape shape, int[] values) {
    return new OperatorCase(op, inputs, Optional.of(new Indices(shape, values)));
  }

  /** Number of operands. */
  public int operands() {
    return inputs.size() + (indices.isPresent() ? 1 : 0);
  }

  /** The operation applied to tensors that stand for the operands; indices are fed. */
  public List<Tensor> apply(List<Tensor> operands) {
    Graph graph = operands.getFirst().graph();
    List<Tensor> all = new ArrayList<>(operands);
    indices.ifPresent(integers -> all.add(graph.feed(INDICES, DType.I32, integers.shape())));
    return graph.apply(op, all);
  }
}
