package espalier.kernels.spi;

/**
 * How a long sum is cut so that its parts can run in parallel: {@code parts} runs of {@code length}
 * consecutive terms (the last may be shorter), each one chain from zero, joined as {@link
 * #joinInto}. A cut depends on the logical shape alone, never on threads or widths, so it fixes the
 * bits of the result.
 */
public record Split(int terms, int length) {
  /** Terms up to which a sum of products stays one chain. */
  private static final int LONGEST_CHAIN = 8192;

  private static final int PART = 4096;

  /** Partial results of one call stay below this many elements. */
  private static final int MOST_PARTIALS = 1 << 22;

  /** Pixels of a part of a weight gradient, in whole images. */
  private static final int GRADIENT_PART = 1024;

  private static final int REDUCTION_BLOCK = 1024;
  private static final int MOMENTS_BLOCK = 256;

  /** Number of parts. */
  public int parts() {
    return Math.max(1, (terms + length - 1) / length);
  }

  /** First term of part {@code part}. */
  public int from(int part) {
    return part * length;
  }

  /** End of part {@code part}, exclusive. */
  public int to(int part) {
    return Math.min(terms, (part + 1) * length);
  }

  /**
   * Scratch elements for {@code outputs} sums: one partial each and part, none for a single part.
   */
  public long scratch(int outputs) {
    return parts() == 1 ? 0 : (long) parts() * outputs;
  }

  /** The cut of {@code k} products summed into each of {@code outputs} results. */
  public static Split ofProducts(int k, int outputs) {
    if (k <= LONGEST_CHAIN) {
      return new Split(k, Math.max(1, k));
    }
    int parts = Math.min((k + PART - 1) / PART, Math.max(1, MOST_PARTIALS / Math.max(1, outputs)));
    return new Split(k, (k + parts - 1) / parts);
  }

  /** The cut of a convolution's weight gradient, in whole images. */
  public static Split ofImages(Conv2dGeometry g) {
    int pixels = Math.max(1, g.outHeight() * g.outWidth());
    int images = Math.max(1, GRADIENT_PART / pixels);
    int most = Math.max(1, MOST_PARTIALS / Math.max(1, g.weightElements()));
    return new Split(g.batch(), Math.max(images, Math.ceilDiv(g.batch(), most)));
  }

  /** The cut of a reduction over {@code terms} elements. */
  public static Split ofReduction(int terms) {
    return new Split(terms, REDUCTION_BLOCK);
  }

  /**
   * The cut of a reduction over the pixels of images, of which a part holds some or a share of one.
   */
  public static Split ofReduction(int images, int pixels) {
    return ofImages(images, pixels, REDUCTION_BLOCK);
  }

  /** The cut of {@link Call.Moments}, likewise. */
  public static Split ofMoments(int images, int pixels) {
    return ofImages(images, pixels, MOMENTS_BLOCK);
  }

  /**
   * Parts of about {@code block} pixels. They begin where an image does, so that sums can be taken
   * image by image: a part is as many images as fit, or a large image is cut into equal parts,
   * where it has a divisor that makes them neither too long nor less than half as long.
   */
  private static Split ofImages(int images, int pixels, int block) {
    int terms = Math.multiplyExact(images, pixels);
    if (pixels <= block) {
      return new Split(terms, block / Math.max(1, pixels) * Math.max(1, pixels));
    }
    int fewest = Math.ceilDiv(pixels, block);
    for (int parts = fewest; parts < 2 * fewest; parts++) {
      if (pixels % parts == 0) {
        return new Split(terms, pixels / parts);
      }
    }
    return new Split(terms, block);
  }

  /**
   * The order in which parts are joined: for {@code gap = 1, 2, 4, …} part {@code p} takes in part
   * {@code p + gap} for every {@code p} that is a multiple of {@code 2·gap}; part 0 ends with the
   * whole.
   */
  public void joinInto(Joiner joiner) {
    int parts = parts();
    for (int gap = 1; gap < parts; gap *= 2) {
      for (int p = 0; p + gap < parts; p += 2 * gap) {
        joiner.join(p, p + gap);
      }
    }
  }

  /** Adds one partial result to another. */
  @FunctionalInterface
  public interface Joiner {
    /** Joins part {@code from} into part {@code into}. */
    void join(int into, int from);
  }
}
