package espalier.core.tensor;

/** How a kernel moves over an image: strides, padding on the four sides, dilations. */
public record Window2d(
    int strideHeight,
    int strideWidth,
    int padTop,
    int padLeft,
    int padBottom,
    int padRight,
    int dilationHeight,
    int dilationWidth) {

  public Window2d {
    if (strideHeight < 1 || strideWidth < 1 || dilationHeight < 1 || dilationWidth < 1) {
      throw new IllegalArgumentException(
          "window: strides %d×%d and dilations %d×%d, expected 1 or more"
              .formatted(strideHeight, strideWidth, dilationHeight, dilationWidth));
    }
    if (padTop < 0 || padLeft < 0 || padBottom < 0 || padRight < 0) {
      throw new IllegalArgumentException(
          "window: padding %d, %d, %d, %d, expected 0 or more"
              .formatted(padTop, padLeft, padBottom, padRight));
    }
  }

  /** The same stride, padding and dilation in both directions. */
  public static Window2d square(int stride, int padding, int dilation) {
    return new Window2d(stride, stride, padding, padding, padding, padding, dilation, dilation);
  }

  /**
   * Padding {@code dilation·(kernel − 1)/2} on every side, for odd kernels: the output has {@code
   * ⌈extent / stride⌉} pixels.
   */
  public static Window2d same(int kernelHeight, int kernelWidth, int stride, int dilation) {
    int vertical = dilation * (kernelHeight - 1) / 2;
    int horizontal = dilation * (kernelWidth - 1) / 2;
    return new Window2d(
        stride, stride, vertical, horizontal, vertical, horizontal, dilation, dilation);
  }

  /** No padding. */
  public static Window2d valid(int stride) {
    return square(stride, 0, 1);
  }

  /** Output rows for {@code height} input rows and a kernel of {@code kernel} rows. */
  int outHeight(int height, int kernel) {
    return extent(height + padTop + padBottom, dilationHeight * (kernel - 1) + 1, strideHeight);
  }

  /** Output columns for {@code width} input columns and a kernel of {@code kernel} columns. */
  int outWidth(int width, int kernel) {
    return extent(width + padLeft + padRight, dilationWidth * (kernel - 1) + 1, strideWidth);
  }

  private static int extent(int padded, int kernel, int stride) {
    return padded < kernel ? 0 : (padded - kernel) / stride + 1;
  }
}
