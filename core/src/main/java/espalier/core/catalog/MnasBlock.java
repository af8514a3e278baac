package espalier.core.catalog;

import espalier.core.nn.Activation;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.InvertedResidual;
import espalier.core.nn.Layer;
import espalier.core.nn.Scope;
import espalier.core.nn.SqueezeExcite;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Dims;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A layer of MnasNet's space [Tan, Chen, Pang, Vasudevan, Sandler, Howard, Le 2019, section 4.1].
 *
 * @param squeezed whether a squeeze-excite with a quarter of the input's channels follows what
 *     convolves over pixels
 */
public record MnasBlock(Operation operation, int kernel, boolean squeezed, Skip skip)
    implements MobileBlock {

  /** What convolves. */
  public enum Operation {
    /** A convolution. */
    DENSE,
    /** A depthwise convolution and a pointwise one. */
    SEPARABLE,
    /** An inverted residual of expansion 3. */
    INVERTED3,
    /** An inverted residual of expansion 6. */
    INVERTED6;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is added to a layer's output. */
  public enum Skip {
    /** Nothing. */
    NONE,
    /** The input, where it has the output's shape. */
    IDENTITY,
    /**
     * The input's mean over 3×3 pixels at the output's pixels; of its channels the first, or zeros
     * after the last. The paper says "pooling" and no more.
     */
    POOLING;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int SQUEEZE = 4;

  @Override
  public Layer layer(int input, int channels, int stride, Activation activation) {
    return (scope, x) -> {
      Tensor y = convolved(scope, x, channels, stride, activation);
      return switch (skip) {
        case NONE -> y;
        case IDENTITY -> y.shape().equals(x.shape()) ? y.add(x) : y;
        case POOLING -> y.add(pooled(x, y.shape(), stride));
      };
    };
  }

  private Tensor convolved(Scope scope, Tensor x, int channels, int stride, Activation activation) {
    return switch (operation) {
      case DENSE -> {
        Conv conv = Conv.same(channels, kernel, stride);
        Layer norm = new ConvNorm(conv, BatchNorm.standard());
        Layer squeeze =
            squeezed
                ? new SqueezeExcite(Math.max(1, x.shape().get(3) / SQUEEZE), activation)
                : Layer.identity();
        yield Layer.sequence(norm, activation, squeeze).apply(scope, x);
      }
      case SEPARABLE -> inverted(1, channels, stride, activation).residual(scope, x);
      case INVERTED3 -> inverted(3, channels, stride, activation).residual(scope, x);
      case INVERTED6 -> inverted(6, channels, stride, activation).residual(scope, x);
    };
  }

  private InvertedResidual inverted(
      int expansion, int channels, int stride, Activation activation) {
    OptionalInt squeeze = squeezed ? OptionalInt.of(SQUEEZE) : OptionalInt.empty();
    return new InvertedResidual(channels, kernel, stride, expansion, squeeze, activation);
  }

  private static Tensor pooled(Tensor x, Shape wanted, int stride) {
    Tensor means = x.averagePool2d(PoolWindow.same(3, stride));
    int channels = Math.min(means.shape().get(3), wanted.get(3));
    return means.slice(3, 0, channels).pad(Dims.of(0, 0, 0, 0), wanted);
  }
}
