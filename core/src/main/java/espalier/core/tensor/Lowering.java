package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;

/** One node's place in a program: the buffers of its inputs and outputs, and where calls go. */
public interface Lowering {

  /** Number of inputs. */
  int inputs();

  /** Buffer of input {@code i}: contiguous, row-major. */
  Ref input(int i);

  /** Shape of input {@code i}. */
  Shape inputShape(int i);

  /** Buffer of output {@code i}. */
  Ref output(int i);

  /** Shape of output {@code i}. */
  Shape outputShape(int i);

  /** Appends a call. */
  void emit(Call call);
}
