package espalier.core.tensor;

import espalier.kernels.spi.Pool2dGeometry;

/** A pooling window: its size, and how it moves. */
public record PoolWindow(int height, int width, Window2d window) {
  public PoolWindow {
    if (window.dilationHeight() != 1 || window.dilationWidth() != 1) {
      throw new IllegalArgumentException(
          "pool: dilation %d×%d, expected 1×1"
              .formatted(window.dilationHeight(), window.dilationWidth()));
    }
    if (window.padTop() >= height
        || window.padBottom() >= height
        || window.padLeft() >= width
        || window.padRight() >= width) {
      throw new IllegalArgumentException(
          "pool: padding of %s must be smaller than the %d×%d window"
              .formatted(window, height, width));
    }
  }

  /** A square window with symmetric padding {@code (size − 1) / 2}. */
  public static PoolWindow same(int size, int stride) {
    return new PoolWindow(size, size, Window2d.same(size, size, stride, 1));
  }

  /** A square window without padding. */
  public static PoolWindow valid(int size, int stride) {
    return new PoolWindow(size, size, Window2d.valid(stride));
  }

  /** The geometry of pooling x [N, H, W, C]. */
  Pool2dGeometry geometry(String name, Shape x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(
          "%s: input is %s, expected [N, H, W, C]".formatted(name, x));
    }
    int outHeight = window.outHeight(x.get(1), height);
    int outWidth = window.outWidth(x.get(2), width);
    if (outHeight < 1 || outWidth < 1) {
      throw new IllegalArgumentException(
          "%s: the %d×%d window is larger than the padded input %s"
              .formatted(name, height, width, x));
    }
    return new Pool2dGeometry(
        x.get(0),
        x.get(1),
        x.get(2),
        x.get(3),
        outHeight,
        outWidth,
        height,
        width,
        window.strideHeight(),
        window.strideWidth(),
        window.padTop(),
        window.padLeft());
  }

  /** Shape of the pooled x. */
  Shape infer(String name, Shape x) {
    Pool2dGeometry g = geometry(name, x);
    return Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.channels());
  }

  /** Checks that a tensor has the shape of the pooled x. */
  void check(String name, Shape x, Shape pooled) {
    Shape expected = infer(name, x);
    if (!expected.equals(pooled)) {
      throw new IllegalArgumentException(
          "%s: found %s, expected %s for input %s".formatted(name, pooled, expected, x));
    }
  }
}
