package espalier.core.catalog;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;

/**
 * A network that trains in a second: a 3×3 convolution, then twice a halving of the image and a
 * stage on it, the second with twice the channels.
 *
 * @param channels of the first stage
 * @param first what the first stage computes
 * @param second what the second stage computes
 */
public record PocketNetwork(
    int channels, Halving halving, Operation first, Operation second, Wiring wiring) {

  /** How the image is halved. */
  public enum Halving {
    /** The largest of 2×2 pixels. */
    MAX,
    /** The mean of 2×2 pixels. */
    MEAN,
    /** One of 2×2 pixels, the others dropped. */
    CORNER,
    /** Nothing but a 3×3 depthwise convolution whose window moves by two. */
    STRIDED
  }

  /** What a stage computes. */
  public enum Operation {
    /** Nothing. */
    NONE,
    /** A pointwise convolution. */
    POINTWISE,
    /** A 3×3 depthwise convolution and a pointwise one. */
    SEPARABLE,
    /** A 3×3 convolution. */
    DENSE
  }

  /** What is around each stage's operation. */
  public enum Wiring {
    /** A rectifier. */
    PLAIN,
    /** Batch normalisation and a rectifier. */
    NORM,
    /** A rectifier, and a shortcut past the stage. */
    SHORTCUT,
    /** Batch normalisation and a rectifier, and a shortcut past the stage. */
    NORM_SHORTCUT;

    boolean isNormalised() {
      return this == NORM || this == NORM_SHORTCUT;
    }

    boolean hasShortcut() {
      return this == SHORTCUT || this == NORM_SHORTCUT;
    }
  }

  /** The classifier: the mean over the image, linear. */
  public Network network(int classes) {
    return (scope, images) -> Network.Outputs.of(build(scope, images, classes));
  }

  private Tensor build(Scope scope, Tensor images, int classes) {
    Tensor x = convolve(Conv.same(channels / 2, 3, 1)).apply(scope.child("stem"), images).relu();
    x = stage(scope.child("first"), x, channels, first);
    x = stage(scope.child("second"), x, 2 * channels, second);
    return Linear.of(classes)
        .apply(scope.child("classifier"), Pool.globalAverage().apply(scope, x));
  }

  private Tensor stage(Scope scope, Tensor images, int width, Operation operation) {
    Tensor half = halved(scope.child("halving"), images);
    Tensor x = convolve(Conv.same(width, 1, 1)).apply(scope.child("widening"), half).relu();
    return switch (operation) {
      case NONE -> x;
      case POINTWISE -> passed(x, convolve(Conv.same(width, 1, 1)).apply(scope, x));
      case DENSE -> passed(x, convolve(Conv.same(width, 3, 1)).apply(scope, x));
      case SEPARABLE -> {
        Tensor spread = Conv.depthwise(width, 3, 1, 1).apply(scope.child("depthwise"), x);
        Layer join = convolve(Conv.same(width, 1, 1));
        yield passed(x, join.apply(scope.child("pointwise"), spread));
      }
    };
  }

  private Tensor passed(Tensor x, Tensor y) {
    return wiring.hasShortcut() ? x.add(y.relu()) : y.relu();
  }

  private Tensor halved(Scope scope, Tensor x) {
    return switch (halving) {
      case MAX -> x.maxPool2d(PoolWindow.valid(2, 2));
      case MEAN -> x.averagePool2d(PoolWindow.valid(2, 2));
      case CORNER -> x.maxPool2d(new PoolWindow(1, 1, Window2d.valid(2)));
      case STRIDED -> convolve(Conv.depthwise(x.shape().get(3), 3, 2, 1)).apply(scope, x);
    };
  }

  private Layer convolve(Conv conv) {
    return wiring.isNormalised() ? new ConvNorm(conv, BatchNorm.standard()) : conv.withBias();
  }
}
