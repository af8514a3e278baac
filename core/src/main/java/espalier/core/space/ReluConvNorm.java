package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;

/** Rectifier, convolution, batch normalisation; variables as in {@link ConvNorm}. */
public record ReluConvNorm(Conv conv, BatchNorm norm) implements Layer {
  @Override
  public Tensor apply(Scope scope, Tensor x) {
    return new ConvNorm(conv, norm).apply(scope, x.relu());
  }
}
