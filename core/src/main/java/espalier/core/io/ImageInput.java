package espalier.core.io;

/**
 * What a network takes in, and how a picture becomes that: {@link Resize} to the size, grey to
 * colour by repeating and colour to grey by {@link Luma}, rounding to 8 bits (as files hold the
 * images of a data set), division by 255, then the normalisation.
 *
 * @param image the size of the network's input
 * @param normalisation of its channels
 */
public record ImageInput(ImageSpec image, Normalisation normalisation) {
  private static final int GREY = 1;
  private static final int COLOUR = 3;
  private static final float LARGEST = 255f;

  public ImageInput {
    if (normalisation.mean().size() != image.channels()) {
      throw new IllegalArgumentException(
          "normalisation has %d channels, images have %d"
              .formatted(normalisation.mean().size(), image.channels()));
    }
  }

  /**
   * Writes the network's input for a picture to {@code target[offset …]}.
   *
   * @throws IllegalArgumentException if the picture's channels cannot become the network's
   */
  public void read(Image picture, float[] target, int offset) {
    int channels = picture.spec().channels();
    boolean convertible =
        channels == image.channels()
            || (channels == GREY && image.channels() == COLOUR)
            || (channels == COLOUR && image.channels() == GREY);
    if (!convertible) {
      throw new IllegalArgumentException(
          "image: has %d channels, the model expects %d".formatted(channels, image.channels()));
    }
    var sized = new Resize(picture.spec(), image.height(), image.width()).apply(picture.values());
    for (int pixel = 0; pixel < image.height() * image.width(); pixel++) {
      int from = pixel * channels;
      for (int c = 0; c < image.channels(); c++) {
        float value =
            channels == image.channels()
                ? sized[from + c]
                : channels == GREY
                    ? sized[from]
                    : Luma.of(sized[from], sized[from + 1], sized[from + 2]);
        target[offset + pixel * image.channels() + c] = Math.round(value) / LARGEST;
      }
    }
    normalisation.apply(target, offset, image.values());
  }
}
