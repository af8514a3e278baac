package espalier.kernels.spi;

/**
 * Shape of a two-dimensional pooling: input {@code [batch, inHeight, inWidth, channels]}, output
 * {@code [batch, outHeight, outWidth, channels]}. Window {@code (y, x)} covers the input pixels
 * {@code (y·strideHeight − padTop + i, x·strideWidth − padLeft + j)} that exist; padding is not
 * part of a window, and every window holds at least one pixel.
 */
public record Pool2dGeometry(
    int batch,
    int inHeight,
    int inWidth,
    int channels,
    int outHeight,
    int outWidth,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft) {

  public Pool2dGeometry {
    requirePixels("height", inHeight, outHeight, kernelHeight, strideHeight, padTop);
    requirePixels("width", inWidth, outWidth, kernelWidth, strideWidth, padLeft);
  }

  /** The first window begins earliest and the last ends latest: others lie between them. */
  private static void requirePixels(String axis, int in, int out, int kernel, int stride, int pad) {
    long last = (out - 1L) * stride - pad;
    if (pad >= kernel || last >= in) {
      throw new IllegalArgumentException(
          "pool: of %d windows of %s %d with stride %d and padding %d over %d pixels one is empty, expected a pixel in each"
              .formatted(out, axis, kernel, stride, pad, in));
    }
  }

  /** The same for another number of images. */
  public Pool2dGeometry ofBatch(int images) {
    return new Pool2dGeometry(
        images,
        inHeight,
        inWidth,
        channels,
        outHeight,
        outWidth,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padTop,
        padLeft);
  }

  /** Elements of the input. */
  public int inputElements() {
    return Math.multiplyExact(Math.multiplyExact(batch, inHeight), inWidth * channels);
  }

  /** Elements of the output. */
  public int outputElements() {
    return Math.multiplyExact(Math.multiplyExact(batch, outHeight), outWidth * channels);
  }
}
