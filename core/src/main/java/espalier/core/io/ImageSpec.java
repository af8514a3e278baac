package espalier.core.io;

/**
 * The size of an image; its values are in the order {@code [height, width, channels]}.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels values of a pixel: 1 for grey, 3 for red, green and blue
 */
public record ImageSpec(int height, int width, int channels) {
  public ImageSpec {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "an image needs at least one row, column and channel, found %dx%dx%d"
              .formatted(height, width, channels));
    }
    if ((long) height * width * channels > Integer.MAX_VALUE - 8L) {
      throw new IllegalArgumentException(
          "an image of %dx%dx%d is too large for one array".formatted(height, width, channels));
    }
  }

  /** How many values an image holds. */
  public int values() {
    return height * width * channels;
  }

  @Override
  public String toString() {
    return "%dx%dx%d".formatted(height, width, channels);
  }
}
