package espalier.core.io;

/**
 * Changes the size of an image. Enlarging interpolates linearly; shrinking averages with a triangle
 * as wide as two target pixels, so that fine patterns turn grey and do not alias.
 */
public final class Resize {
  private final ImageSpec from;
  private final ImageSpec to;
  private final Weights vertical;
  private final Weights horizontal;

  /** For each target pixel of one axis, the first source pixel it uses and their weights. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Weights(int[] first, float[][] weights) {

    static Weights of(int from, int to) {
      double scale = (double) from / to;
      double reach = Math.max(scale, 1);
      var first = new int[to];
      var weights = new float[to][];
      for (int t = 0; t < to; t++) {
        double centre = (t + 0.5) * scale - 0.5;
        int begin = Math.max(0, (int) Math.ceil(centre - reach));
        int end = Math.min(from - 1, (int) Math.floor(centre + reach));
        var triangle = new double[end - begin + 1];
        double sum = 0;
        for (int i = 0; i < triangle.length; i++) {
          triangle[i] = Math.max(0, 1 - Math.abs(begin + i - centre) / reach);
          sum += triangle[i];
        }
        first[t] = begin;
        weights[t] = new float[triangle.length];
        for (int i = 0; i < triangle.length; i++) {
          weights[t][i] = (float) (triangle[i] / sum);
        }
      }
      return new Weights(first, weights);
    }
  }

  /** From images of one size to images of another, with as many channels. */
  public Resize(ImageSpec from, int height, int width) {
    this.from = from;
    this.to = new ImageSpec(height, width, from.channels());
    this.vertical = Weights.of(from.height(), height);
    this.horizontal = Weights.of(from.width(), width);
  }

  /** The size of the images this makes. */
  public ImageSpec target() {
    return to;
  }

  /** The image, {@code [H, W, C]}, at its new size. */
  public float[] apply(float[] image) {
    if (image.length != from.values()) {
      throw new IllegalArgumentException(
          "an image of %s has %d values, found %d".formatted(from, from.values(), image.length));
    }
    if (from.equals(to)) {
      return image.clone();
    }
    int channels = from.channels();
    int row = to.width() * channels;
    var narrowed = new float[from.height() * row];
    for (int h = 0; h < from.height(); h++) {
      for (int w = 0; w < to.width(); w++) {
        for (int c = 0; c < channels; c++) {
          int source = (h * from.width() + horizontal.first()[w]) * channels + c;
          narrowed[h * row + w * channels + c] =
              weighted(image, source, channels, horizontal.weights()[w]);
        }
      }
    }
    var resized = new float[to.values()];
    for (int h = 0; h < to.height(); h++) {
      for (int i = 0; i < row; i++) {
        int source = vertical.first()[h] * row + i;
        resized[h * row + i] = weighted(narrowed, source, row, vertical.weights()[h]);
      }
    }
    return resized;
  }

  private static float weighted(float[] values, int first, int stride, float[] weights) {
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum = Math.fma(weights[i], values[first + i * stride], sum);
    }
    return sum;
  }
}
