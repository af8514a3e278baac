package espalier.core.tensor;

import espalier.kernels.spi.DType;
import java.util.List;
import java.util.OptionalInt;

/**
 * A tensor operation: a value (a record, compared by its components) with three duties. A new
 * operator is one class that implements this where existing kernel calls can express it, and passes
 * the operator contract.
 */
public interface Op {

  /** The name that errors, drawings and saved graphs use, {@code conv2d} for one. */
  String name();

  /** Number of operands; empty where any number from 1 on will do. */
  default OptionalInt arity() {
    return OptionalInt.of(1);
  }

  /** Whether it can be applied to that many operands. */
  default boolean takes(int operands) {
    return arity().isPresent() ? operands == arity().getAsInt() : operands >= 1;
  }

  /**
   * Shapes of the outputs for inputs of these shapes, as many as {@link #takes} allows.
   *
   * @throws IllegalArgumentException in one sentence that names the operands and what was wanted
   */
  List<Shape> infer(List<Shape> inputs);

  /**
   * Contributes the gradients of the inputs, written with tensor operations so that they can be
   * differentiated again.
   */
  void backward(Backward pass);

  /** Emits the kernel calls that compute the outputs. */
  void lower(Lowering to);

  /** Element type wanted of input {@code i}. */
  default DType inputType(int i) {
    return DType.F32;
  }

  /** Multiply-accumulates as the literature counts them: convolutions and matrix products only. */
  default long multiplyAccumulates(List<Shape> inputs) {
    return 0;
  }
}
