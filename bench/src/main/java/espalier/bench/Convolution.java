package espalier.bench;

import espalier.core.nn.Conv;
import espalier.core.nn.Initializer;
import espalier.core.nn.Layer;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Window2d;

/**
 * A convolution from and to as many channels, forward and backward; its padding keeps the extent.
 *
 * @param kind dense, pointwise, depthwise or dilated: what reports call it
 * @param batch images
 * @param extent rows, and columns, of an image
 * @param channels of input and output
 * @param kernel rows, and columns, of the kernel
 * @param dilation distance of its taps
 * @param groups 1, or as many as channels
 */
public record Convolution(
    String kind, int batch, int extent, int channels, int kernel, int dilation, int groups)
    implements LayerRow {
  private static final int SMALL_BATCH = 3;
  private static final int PASSES = 3; // output, gradient of the input, gradient of the weights

  /** Every output channel reads every input channel. */
  public static Convolution dense(int batch, int extent, int channels) {
    return new Convolution("dense", batch, extent, channels, 3, 1, 1);
  }

  /** A matrix product over pixels. */
  public static Convolution pointwise(int batch, int extent, int channels) {
    return new Convolution("pointwise", batch, extent, channels, 1, 1, 1);
  }

  /** One kernel per channel. */
  public static Convolution depthwise(int kernel) {
    return new Convolution("depthwise", 64, 32, 16, kernel, 1, 16);
  }

  /** One kernel per channel, its taps two pixels apart. */
  public static Convolution dilated(int kernel) {
    return new Convolution("dilated", 64, 32, 16, kernel, 2, 16);
  }

  @Override
  public String label() {
    return "%s %dx%d, %dx%dx%dx%d".formatted(kind, kernel, kernel, batch, extent, extent, channels);
  }

  @Override
  public Shape input() {
    return Shape.of(batch, extent, extent, channels);
  }

  @Override
  public Layer layer() {
    return new Conv(
        channels,
        kernel,
        kernel,
        Window2d.same(kernel, kernel, 1, dilation),
        groups,
        false,
        new Initializer.He());
  }

  /** x and dy are read, y and dx written; weights are read once and their gradient written. */
  @Override
  public Cost cost() {
    double products = (double) input().size() * weightsPerOutput();
    return Cost.of(PASSES * products, 4.0 * input().size() + 2.0 * channels * weightsPerOutput());
  }

  private long weightsPerOutput() {
    return (long) kernel * kernel * channels / groups;
  }

  @Override
  public Convolution small() {
    return new Convolution(
        kind, Math.min(batch, SMALL_BATCH), extent, channels, kernel, dilation, groups);
  }

  /** The longest sums are those of the weights' gradient, over all pixels of the batch. */
  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums(Math.max(weightsPerOutput(), (long) batch * extent * extent));
  }
}
