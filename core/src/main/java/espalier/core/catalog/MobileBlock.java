package espalier.core.catalog;

import espalier.core.nn.Activation;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.InvertedResidual;
import espalier.core.nn.Layer;
import java.util.OptionalInt;

/** A block of a {@link MobileNet}. */
public sealed interface MobileBlock permits MobileBlock.Inverted, MobileBlock.Identity, MnasBlock {

  /** The layer that puts it where {@code input} channels come in. */
  Layer layer(int input, int channels, int stride, Activation activation);

  /**
   * An inverted residual.
   *
   * @param squeeze channels of the input over hidden units of a squeeze-excite, if there is one
   */
  record Inverted(int expansion, int kernel, OptionalInt squeeze) implements MobileBlock {
    /** Without squeeze-excite. */
    public static Inverted of(int expansion, int kernel) {
      return new Inverted(expansion, kernel, OptionalInt.empty());
    }

    /** With a squeeze-excite of a quarter of the input's channels. */
    public static Inverted squeezed(int expansion, int kernel) {
      return new Inverted(expansion, kernel, OptionalInt.of(4));
    }

    @Override
    public Layer layer(int input, int channels, int stride, Activation activation) {
      return new InvertedResidual(channels, kernel, stride, expansion, squeeze, activation);
    }
  }

  /** Nothing, or where the shape has to change a pointwise convolution, normalised. */
  record Identity() implements MobileBlock {
    @Override
    public Layer layer(int input, int channels, int stride, Activation activation) {
      return input == channels && stride == 1
          ? Layer.identity()
          : new ConvNorm(Conv.same(channels, 1, stride), BatchNorm.standard());
    }
  }
}
