package espalier.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Pool;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Dims;
import java.util.ArrayList;
import java.util.List;

/** Networks everyone has counted. */
final class ClassicNetworks {
  private static final BatchNorm NORM = BatchNorm.standard();

  private ClassicNetworks() {}

  /** Images of 28×28 through {@code hidden} units [LeCun et al. 1998]. */
  static Layer perceptron(int hidden, int classes) {
    return Layer.sequence(Pool.flatten(), Linear.of(hidden), Layer.relu(), Linear.of(classes));
  }

  /** LeNet-5 for 28×28, the first convolution padded, rectified and max-pooled. */
  static Layer leNet5() {
    Layer pool = Pool.max(PoolWindow.valid(2, 2));
    return Layer.sequence(
        Conv.same(6, 5, 1).withBias(),
        Layer.relu(),
        pool,
        Conv.dense(16, 5, 5, Window2d.valid(1)).withBias(),
        Layer.relu(),
        pool,
        Pool.flatten(),
        Linear.of(120),
        Layer.relu(),
        Linear.of(84),
        Layer.relu(),
        Linear.of(10));
  }

  /** ResNet for CIFAR with 6n + 2 layers; shortcuts of option A have no parameters. */
  static Layer cifarResNet(int n) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new ConvNorm(Conv.same(16, 3, 1), NORM));
    layers.add(Layer.relu());
    for (int width = 16; width <= 64; width *= 2) {
      for (int i = 0; i < n; i++) {
        int stride = i == 0 && width > 16 ? 2 : 1;
        layers.add(residual(basic(width, stride), subsampled(width, stride)));
      }
    }
    layers.add(Pool.globalAverage());
    layers.add(Linear.of(10));
    return Layer.sequence(layers.toArray(Layer[]::new));
  }

  /** Every second pixel, zeros for the channels that are new. */
  private static Layer subsampled(int width, int stride) {
    return (scope, x) -> {
      if (stride == 1) {
        return x;
      }
      Tensor half = x.maxPool2d(PoolWindow.valid(1, 2));
      int missing = width - half.shape().get(3);
      return half.pad(Dims.of(0, 0, 0, missing / 2), half.shape().with(3, width));
    };
  }

  /** ResNet for ImageNet, of basic blocks or of bottlenecks. */
  static Layer resNet(boolean bottleneck, int... depths) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new ConvNorm(Conv.same(64, 7, 2), NORM));
    layers.add(Layer.relu());
    layers.add(Pool.max(PoolWindow.same(3, 2)));
    int width = 64;
    int input = 64;
    for (int stage = 0; stage < depths.length; stage++, width *= 2) {
      int output = bottleneck ? 4 * width : width;
      for (int i = 0; i < depths[stage]; i++) {
        int stride = i == 0 && stage > 0 ? 2 : 1;
        Layer body = bottleneck ? bottleneck(width, stride) : basic(width, stride);
        boolean same = stride == 1 && input == output;
        Layer shortcut = same ? Layer.identity() : new ConvNorm(Conv.same(output, 1, stride), NORM);
        layers.add(residual(body, shortcut));
        input = output;
      }
    }
    layers.add(Pool.globalAverage());
    layers.add(Linear.of(1000));
    return Layer.sequence(layers.toArray(Layer[]::new));
  }

  private static Layer basic(int width, int stride) {
    return Layer.sequence(
        new ConvNorm(Conv.same(width, 3, stride), NORM),
        Layer.relu(),
        new ConvNorm(Conv.same(width, 3, 1), NORM));
  }

  private static Layer bottleneck(int width, int stride) {
    return Layer.sequence(
        new ConvNorm(Conv.same(width, 1, 1), NORM),
        Layer.relu(),
        new ConvNorm(Conv.same(width, 3, stride), NORM),
        Layer.relu(),
        new ConvNorm(Conv.same(4 * width, 1, 1), NORM));
  }

  private static Layer residual(Layer body, Layer shortcut) {
    return (scope, x) ->
        body.apply(scope.child("body"), x).add(shortcut.apply(scope.child("shortcut"), x)).relu();
  }

  /** VGG without normalisation: widths of 3×3 convolutions, 0 for a pool. */
  static Layer vgg(int... widths) {
    List<Layer> layers = new ArrayList<>();
    for (int width : widths) {
      if (width == 0) {
        layers.add(Pool.max(PoolWindow.valid(2, 2)));
      } else {
        layers.add(Conv.same(width, 3, 1).withBias());
        layers.add(Layer.relu());
      }
    }
    layers.add(Pool.flatten());
    for (int i = 0; i < 2; i++) {
      layers.add(Linear.of(4096));
      layers.add(Layer.relu());
    }
    layers.add(Linear.of(1000));
    return Layer.sequence(layers.toArray(Layer[]::new));
  }

  /** MobileNetV2 [Sandler et al. 2018]: expansion, channels, repetitions, first stride. */
  static Layer mobileNetV2() {
    int[][] stages = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    List<Layer> layers = new ArrayList<>();
    layers.add(new ConvNorm(Conv.same(32, 3, 2), NORM));
    layers.add(clipped());
    for (int[] stage : stages) {
      for (int i = 0; i < stage[2]; i++) {
        layers.add(inverted(stage[0], stage[1], i == 0 ? stage[3] : 1));
      }
    }
    layers.add(new ConvNorm(Conv.same(1280, 1, 1), NORM));
    layers.add(clipped());
    layers.add(Pool.globalAverage());
    layers.add(Linear.of(1000));
    return Layer.sequence(layers.toArray(Layer[]::new));
  }

  /** Rectifier up to 6. */
  private static Layer clipped() {
    return (scope, x) -> x.relu().min(x.graph().constant(6));
  }

  private static Layer inverted(int expansion, int width, int stride) {
    return (scope, x) -> {
      Shape shape = x.shape();
      int inner = expansion * shape.get(3);
      List<Layer> layers = new ArrayList<>();
      if (expansion > 1) {
        layers.add(new ConvNorm(Conv.same(inner, 1, 1), NORM));
        layers.add(clipped());
      }
      layers.add(new ConvNorm(Conv.depthwise(inner, 3, stride, 1), NORM));
      layers.add(clipped());
      layers.add(new ConvNorm(Conv.same(width, 1, 1), NORM));
      Tensor y = Layer.sequence(layers.toArray(Layer[]::new)).apply(scope, x);
      return y.shape().equals(shape) ? y.add(x) : y;
    };
  }
}
