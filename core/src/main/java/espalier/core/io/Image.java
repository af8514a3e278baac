package espalier.core.io;

/**
 * A picture of 8-bit values, immutable: unsigned bytes in the order {@code [height, width,
 * channels]}.
 */
public final class Image {
  private final ImageSpec spec;
  private final byte[] pixels;

  private Image(ImageSpec spec, byte[] pixels) {
    this.spec = spec;
    this.pixels = pixels;
  }

  /**
   * An image of these values, which are copied.
   *
   * @throws IllegalArgumentException if there are more or fewer values than an image of this size
   *     has
   */
  public static Image of(ImageSpec spec, byte[] pixels) {
    if (pixels.length != spec.values()) {
      throw new IllegalArgumentException(
          "image: found %d values, expected %d for %s"
              .formatted(pixels.length, spec.values(), spec));
    }
    return new Image(spec, pixels.clone());
  }

  /** A grey image. */
  public static Image grey(int height, int width, byte[] pixels) {
    return of(new ImageSpec(height, width, 1), pixels);
  }

  /** A colour image: red, green, blue. */
  public static Image rgb(int height, int width, byte[] pixels) {
    return of(new ImageSpec(height, width, 3), pixels);
  }

  /** Its size. */
  public ImageSpec spec() {
    return spec;
  }

  /** A copy of its values. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /** Its values as floats of 0 to 255. */
  float[] values() {
    var values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    return values;
  }
}
