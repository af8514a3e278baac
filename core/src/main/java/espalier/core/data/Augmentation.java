package espalier.core.data;

import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;

/**
 * Random changes that leave an image's class alone: a crop from the image with a black margin, a
 * mirror image, and a blank square [DeVries and Taylor: Improved Regularization of CNNs with
 * Cutout, 2017].
 *
 * @param margin pixels of black around the image before it is cropped to its size; 0 for none
 * @param mirror whether every second image, at random, is swapped left to right
 * @param cutout side of the blank square in pixels; 0 for none. Its centre may be any pixel, so it
 *     may stand out over the edge
 */
public record Augmentation(int margin, boolean mirror, int cutout) {
  /** Random numbers that one image uses. */
  static final int DRAWS = 5;

  public Augmentation {
    if (margin < 0 || cutout < 0) {
      throw new IllegalArgumentException(
          "margin and cutout must not be negative, found %d and %d".formatted(margin, cutout));
    }
  }

  public static Augmentation none() {
    return new Augmentation(0, false, 0);
  }

  public boolean isNone() {
    return equals(none());
  }

  /**
   * Moves and mirrors an image before it is normalised, so that the margin is black.
   *
   * @param first the position of the image's random numbers; it uses {@code first … first + 2}
   */
  void move(ImageSpec spec, Philox random, long first, float[] from, float[] target, int offset) {
    int down = random.below(first, 2 * margin + 1) - margin;
    int right = random.below(first + 1, 2 * margin + 1) - margin;
    boolean mirrored = mirror && random.below(first + 2, 2) == 1;
    int channels = spec.channels();
    for (int h = 0; h < spec.height(); h++) {
      int fromH = h + down;
      for (int w = 0; w < spec.width(); w++) {
        int fromW = (mirrored ? spec.width() - 1 - w : w) + right;
        boolean inside = fromH >= 0 && fromH < spec.height() && fromW >= 0 && fromW < spec.width();
        int to = offset + (h * spec.width() + w) * channels;
        for (int c = 0; c < channels; c++) {
          target[to + c] = inside ? from[(fromH * spec.width() + fromW) * channels + c] : 0f;
        }
      }
    }
  }

  /**
   * Blanks a square of an image after it is normalised, so that it holds the mean.
   *
   * @param first the position of the image's random numbers; it uses {@code first + 3} and {@code
   *     first + 4}
   */
  void cut(ImageSpec spec, Philox random, long first, float[] target, int offset) {
    if (cutout == 0) {
      return;
    }
    int top = random.below(first + 3, spec.height()) - cutout / 2;
    int left = random.below(first + 4, spec.width()) - cutout / 2;
    int channels = spec.channels();
    for (int h = Math.max(top, 0); h < Math.min(top + cutout, spec.height()); h++) {
      int row = offset + h * spec.width() * channels;
      int begin = Math.max(left, 0);
      int end = Math.min(left + cutout, spec.width());
      for (int i = begin * channels; i < end * channels; i++) {
        target[row + i] = 0f;
      }
    }
  }
}
