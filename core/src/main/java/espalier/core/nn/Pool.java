package espalier.core.nn;

import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;

/** Pooling layers. */
public final class Pool {
  private Pool() {}

  /** Largest element of each window. */
  public static Layer max(PoolWindow window) {
    return (scope, x) -> x.maxPool2d(window);
  }

  /** Mean of each window, padding not counted. */
  public static Layer average(PoolWindow window) {
    return (scope, x) -> x.averagePool2d(window);
  }

  /** Mean over the image: [N, H, W, C] to [N, C]. */
  public static Layer globalAverage() {
    return (scope, x) -> x.mean(1, 3).reshape(Shape.of(x.shape().get(0), x.shape().get(3)));
  }

  /** [N, ...] to [N, elements of a row]. */
  public static Layer flatten() {
    return (scope, x) -> x.reshape(Shape.of(x.shape().get(0), x.shape().size() / x.shape().get(0)));
  }
}
