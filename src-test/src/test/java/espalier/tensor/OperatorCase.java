package espalier.tensor;

import espalier.core.tensor.Op;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** An operation and operands at which it is smooth within 100 steps of the central differences. */
public record OperatorCase(Op op, List<Input> inputs) {

  /** One operand. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and varied in place.
  public record Input(Shape shape, double[] values) {
    @Override
    public String toString() {
      return shape.toString();
    }
  }

  /** A case of {@code op} without operands yet. */
  public static OperatorCase of(Op op) {
    return new OperatorCase(op, List.of());
  }

  /** This case with one operand more. */
  public OperatorCase with(Shape shape, double[] values) {
    List<Input> more = new ArrayList<>(inputs);
    more.add(new Input(shape, values));
    return new OperatorCase(op, List.copyOf(more));
  }

  /** The operation applied to tensors that stand for the operands. */
  public List<Tensor> apply(List<Tensor> operands) {
    return operands.getFirst().graph().apply(op, operands);
  }
}
