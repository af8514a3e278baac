package espalier.kernels.spi;

/**
 * Shape of a two-dimensional convolution: input {@code [batch, inHeight, inWidth, inChannels]},
 * weights {@code [kernelHeight, kernelWidth, inChannels / groups, outChannels]}, output {@code
 * [batch, outHeight, outWidth, outChannels]}. Output pixel {@code (y, x)} reads input pixel {@code
 * (y·strideHeight − padTop + i·dilationHeight, x·strideWidth − padLeft + j·dilationWidth)} with tap
 * {@code (i, j)}; taps outside the input contribute nothing. Group {@code g} maps its share of the
 * input channels to its share of the output channels, both contiguous.
 */
public record Conv2dGeometry(
    int batch,
    int inHeight,
    int inWidth,
    int inChannels,
    int outHeight,
    int outWidth,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int dilationHeight,
    int dilationWidth,
    int groups) {

  public Conv2dGeometry {
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "conv2d: %d groups must divide %d input and %d output channels"
              .formatted(groups, inChannels, outChannels));
    }
  }

  /** Input channels each output channel reads. */
  public int groupInChannels() {
    return inChannels / groups;
  }

  /** Output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /** Each channel is a group of its own, and maps to one output channel. */
  public boolean isDepthwise() {
    return groups == inChannels && groups == outChannels;
  }

  /** A matrix product over pixels: one tap, one group, no stride and no padding. */
  public boolean isPointwise() {
    return kernelHeight == 1
        && kernelWidth == 1
        && groups == 1
        && strideHeight == 1
        && strideWidth == 1
        && padTop == 0
        && padLeft == 0
        && outHeight == inHeight
        && outWidth == inWidth;
  }

  /** The same for another number of images. */
  public Conv2dGeometry ofBatch(int images) {
    return new Conv2dGeometry(
        images,
        inHeight,
        inWidth,
        inChannels,
        outHeight,
        outWidth,
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /** Elements of the input. */
  public int inputElements() {
    return Math.multiplyExact(Math.multiplyExact(batch, inHeight), inWidth * inChannels);
  }

  /** Elements of the weights. */
  public int weightElements() {
    return kernelHeight * kernelWidth * groupInChannels() * outChannels;
  }

  /** Elements of the output. */
  public int outputElements() {
    return Math.multiplyExact(Math.multiplyExact(batch, outHeight), outWidth * outChannels);
  }

  /** Multiply-accumulates, taps that fall on padding included, as the literature counts them. */
  public long multiplyAccumulates() {
    return (long) outputElements() * kernelHeight * kernelWidth * groupInChannels();
  }
}
