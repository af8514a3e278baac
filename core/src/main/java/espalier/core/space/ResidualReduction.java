package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.Layer;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;

/**
 * The residual block between the stages of NAS-Bench-201: two 3×3 convolutions, the first of stride
 * 2, beside a 2×2 average pool and a pointwise convolution that nothing normalises. At an odd
 * extent the pool's last window covers the single row or column that remains.
 */
public record ResidualReduction(int channels) implements Layer {
  @Override
  public Tensor apply(Scope scope, Tensor x) {
    BatchNorm norm = BatchNorm.standard();
    Tensor half = new ReluConvNorm(Conv.same(channels, 3, 2), norm).apply(scope.child("conv_a"), x);
    Tensor residual =
        new ReluConvNorm(Conv.same(channels, 3, 1), norm).apply(scope.child("conv_b"), half);
    int oddHeight = x.shape().get(1) % 2;
    int oddWidth = x.shape().get(2) % 2;
    PoolWindow window = new PoolWindow(2, 2, new Window2d(2, 2, 0, 0, oddHeight, oddWidth, 1, 1));
    Tensor pooled = Pool.average(window).apply(scope, x);
    return Conv.same(channels, 1, 1).apply(scope.child("shortcut"), pooled).add(residual);
  }
}
