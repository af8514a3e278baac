package espalier.core.nn;

import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Dims;
import java.util.ArrayList;
import java.util.List;

/** Networks drawn by hand, to compare found ones with. */
public enum ClassicNetwork {
  /**
   * Two convolutions of 3×3 to 32 and 64 channels, each rectified and max-pooled, and a hidden
   * layer of 128 units.
   */
  CNN("cnn") {
    @Override
    Layer layer(int classes) {
      Layer pool = Pool.max(PoolWindow.valid(2, 2));
      return Layer.sequence(
          Conv.same(32, 3, 1).withBias(),
          Layer.relu(),
          pool,
          Conv.same(64, 3, 1).withBias(),
          Layer.relu(),
          pool,
          Pool.flatten(),
          Linear.of(128),
          Layer.relu(),
          Linear.of(classes));
    }
  },

  /** ResNet-20 for images of CIFAR's size, shortcuts without parameters [He et al. 2016]. */
  RESNET20("resnet20") {
    private static final int BLOCKS_PER_STAGE = 3;

    @Override
    Layer layer(int classes) {
      List<Layer> layers = new ArrayList<>();
      layers.add(new ConvNorm(Conv.same(16, 3, 1), BatchNorm.standard()));
      layers.add(Layer.relu());
      for (int width = 16; width <= 64; width *= 2) {
        for (int i = 0; i < BLOCKS_PER_STAGE; i++) {
          layers.add(block(width, i == 0 && width > 16 ? 2 : 1));
        }
      }
      layers.add(Pool.globalAverage());
      layers.add(Linear.of(classes));
      return new Sequence(layers);
    }
  };

  private final String label;

  ClassicNetwork(String label) {
    this.label = label;
  }

  /** The name users type. */
  public String label() {
    return label;
  }

  /** The network for that many classes. */
  public Network network(int classes) {
    return Network.of(layer(classes));
  }

  abstract Layer layer(int classes);

  private static Layer block(int width, int stride) {
    Layer body =
        Layer.sequence(
            new ConvNorm(Conv.same(width, 3, stride), BatchNorm.standard()),
            Layer.relu(),
            new ConvNorm(Conv.same(width, 3, 1), BatchNorm.standard()));
    return (scope, x) -> body.apply(scope, x).add(shortcut(x, width, stride)).relu();
  }

  /** Every second pixel, with zeros for the channels that are new. */
  private static Tensor shortcut(Tensor x, int width, int stride) {
    if (stride == 1) {
      return x;
    }
    Tensor half = x.averagePool2d(PoolWindow.valid(1, stride));
    int missing = width - half.shape().get(3);
    return half.pad(Dims.of(0, 0, 0, missing / 2), half.shape().with(3, width));
  }
}
