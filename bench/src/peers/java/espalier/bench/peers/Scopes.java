package espalier.bench.peers;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Native memory of intermediate tensors. */
final class Scopes {
  private Scopes() {}

  /**
   * The tensor that {@code body} yields; every other one that it makes is released when it is done,
   * as a Python function's are. What a backward pass needs, libtorch keeps by itself.
   */
  static Tensor only(Supplier<Tensor> body) {
    Tensor result;
    try (var _ = new PointerScope()) {
      result = body.get();
      result.retainReference();
    }
    PointerScope outer = PointerScope.getInnerScope();
    if (outer == null) {
      throw new IllegalStateException("tensor: made outside any scope, expected one around it");
    }
    outer.attach(result);
    result.releaseReference();
    return result;
  }
}
