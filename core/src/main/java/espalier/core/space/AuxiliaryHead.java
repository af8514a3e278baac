package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;

/**
 * The auxiliary classifier of NASNet and DARTS: rectifier, 5×5 average pool, 128 channels, a 2×2
 * convolution to 768, linear. Where features have fewer pixels than the published images give, the
 * pool's window or stride shrinks to leave 2×2 of them; where they have more, the mean over the
 * image precedes the linear layer.
 *
 * @param stride of the pool: 3 for the 8×8 features of CIFAR, 2 for the 7×7 of ImageNet
 */
record AuxiliaryHead(int classes, int stride) implements Layer {
  private static final int WINDOW = 5;

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    int height = x.shape().get(1);
    int width = x.shape().get(2);
    if (height < 2 || width < 2) {
      throw new IllegalArgumentException(
          "auxiliary head: features are %s, expected 2×2 pixels or more; build the network without"
                  .formatted(x.shape())
              + " an auxiliary head for images this small");
    }
    Tensor pooled = Pool.average(window(height, width)).apply(scope, x.relu());
    Tensor narrow =
        new ConvNorm(Conv.same(128, 1, 1), BatchNorm.standard())
            .apply(scope.child("narrow"), pooled)
            .relu();
    Tensor wide =
        new ConvNorm(Conv.dense(768, 2, 2, Window2d.valid(1)), BatchNorm.standard())
            .apply(scope.child("wide"), narrow)
            .relu();
    return Linear.of(classes)
        .apply(scope.child("classifier"), Pool.globalAverage().apply(scope, wide));
  }

  private PoolWindow window(int height, int width) {
    int strideHeight = strideFor(height);
    int strideWidth = strideFor(width);
    return new PoolWindow(
        Math.min(WINDOW, height - strideHeight),
        Math.min(WINDOW, width - strideWidth),
        new Window2d(strideHeight, strideWidth, 0, 0, 0, 0, 1, 1));
  }

  private int strideFor(int extent) {
    return Math.clamp(extent - WINDOW, 1, stride);
  }
}
