package espalier.core.space;

import espalier.core.nn.Layer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;

/** Zeros of the shape that a convolution of this stride would answer. */
record ZeroLayer(int channels, int stride) implements Layer {
  @Override
  public Tensor apply(Scope scope, Tensor x) {
    int height = (x.shape().get(1) + stride - 1) / stride;
    int width = (x.shape().get(2) + stride - 1) / stride;
    return x.graph().constant(0, Shape.of(x.shape().get(0), height, width, channels));
  }
}
