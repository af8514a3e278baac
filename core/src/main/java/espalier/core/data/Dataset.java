package espalier.core.data;

import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;
import java.util.HashSet;
import java.util.List;

/**
 * Labelled images held in memory, immutable. Images that came as bytes stay bytes and read as
 * {@code value / 255}; images that came as floats read as they are.
 */
public final class Dataset implements ImageSource {
  private static final float BYTE_SCALE = 255f;

  private final ImageSpec image;
  private final Pixels pixels;
  private final int[] labels;
  private final List<String> classNames;
  private volatile String contentHash = "";

  /** The values of all images, {@code [N, H, W, C]}. */
  private sealed interface Pixels {
    int length();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(byte[] values) implements Pixels {
      @Override
      public int length() {
        return values.length;
      }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Floats(float[] values) implements Pixels {
      @Override
      public int length() {
        return values.length;
      }
    }
  }

  private Dataset(ImageSpec image, Pixels pixels, int[] labels, List<String> classNames) {
    this.image = image;
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = classNames;
  }

  /**
   * A dataset of 8-bit images; the arrays are copied.
   *
   * @param pixels unsigned bytes, {@code [N, H, W, C]}
   * @param labels for each image a position in {@code classNames}
   * @throws IllegalArgumentException if there are no images, fewer than two classes, a label out of
   *     range, or a different number of images and labels
   */
  public static Dataset of(ImageSpec image, byte[] pixels, int[] labels, List<String> classNames) {
    return checked(image, new Pixels.Bytes(pixels.clone()), labels, classNames);
  }

  /**
   * A dataset of images whose values are finite floats of any range; the arrays are copied.
   *
   * @param pixels {@code [N, H, W, C]}
   * @param labels for each image a position in {@code classNames}
   * @throws IllegalArgumentException as for bytes, and for a value that is not finite
   */
  public static Dataset of(ImageSpec image, float[] pixels, int[] labels, List<String> classNames) {
    for (int i = 0; i < pixels.length; i++) {
      if (!Float.isFinite(pixels[i])) {
        throw new IllegalArgumentException(
            "image %d holds the value %s; values must be finite"
                .formatted(i / image.values(), pixels[i]));
      }
    }
    return checked(image, new Pixels.Floats(pixels.clone()), labels, classNames);
  }

  private static Dataset checked(
      ImageSpec image, Pixels pixels, int[] labels, List<String> classNames) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("a dataset needs images, found none");
    }
    if (pixels.length() != (long) labels.length * image.values()) {
      throw new IllegalArgumentException(
          "%d labels need as many images of %s, which is %d values, found %d"
              .formatted(
                  labels.length, image, (long) labels.length * image.values(), pixels.length()));
    }
    if (classNames.size() < 2) {
      throw new IllegalArgumentException(
          "a dataset needs at least two classes, found %d".formatted(classNames.size()));
    }
    if (new HashSet<>(classNames).size() < classNames.size()) {
      throw new IllegalArgumentException("class names must differ, found " + classNames);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "image %d has the label %d; labels of %d classes are 0 to %d"
                .formatted(i, labels[i], classNames.size(), classNames.size() - 1));
      }
    }
    return new Dataset(image, pixels, labels.clone(), List.copyOf(classNames));
  }

  @Override
  public ImageSpec image() {
    return image;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, float[] target, int offset) {
    int count = image.values();
    int from = index * count;
    switch (pixels) {
      case Pixels.Bytes(byte[] values) -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = (values[from + i] & 0xFF) / BYTE_SCALE;
        }
      }
      case Pixels.Floats(float[] values) -> System.arraycopy(values, from, target, offset, count);
    }
  }

  @Override
  public String contentHash() {
    // Threads that meet here compute the same string, so the last one to store it changes nothing.
    if (contentHash.isEmpty()) {
      contentHash =
          switch (pixels) {
            case Pixels.Bytes(byte[] values) -> ContentHash.ofBytes(this, values);
            case Pixels.Floats _ -> ContentHash.of(this);
          };
    }
    return contentHash;
  }

  /**
   * The same images with their labels dealt out anew at random. Nothing can be learnt from them, so
   * a method that still scores above chance on unseen images has a leak.
   */
  public Dataset permuteLabels(long seed) {
    var order = Philox.of(seed, "permute labels").permutation(labels.length);
    var permuted = new int[labels.length];
    for (int i = 0; i < permuted.length; i++) {
      permuted[i] = labels[order[i]];
    }
    return new Dataset(image, pixels, permuted, classNames);
  }
}
