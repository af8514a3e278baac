package espalier.bench;

import espalier.core.nn.Layer;
import espalier.core.tensor.Shape;

/**
 * One layer, forward and backward: y, and the gradients with respect to x and every weight for a
 * given gradient of y. All of them are results, so that none is dropped.
 */
public sealed interface LayerRow extends Row.InSession permits Convolution, Pooling, Normalization {

  /** Shape of x. */
  Shape input();

  /** The layer. */
  Layer layer();

  @Override
  LayerRow small();

  @Override
  default Assembly assembly() {
    return Backpropagation.of(input(), layer());
  }
}
