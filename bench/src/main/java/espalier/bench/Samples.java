package espalier.bench;

import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A batch of images of noise in three colours, and labels. What they show costs nothing.
 *
 * @param batch images
 * @param extent rows, and columns, of an image
 */
public record Samples(int batch, int extent) {
  /** Number of classes. */
  public static final int CLASSES = 10;

  /** Feed of images. */
  public static final String IMAGES = "images";

  /** Feed of labels. */
  public static final String LABELS = "labels";

  private static final int COLOURS = 3;

  /** Images of CIFAR's size. */
  public static Samples cifar(int batch) {
    return new Samples(batch, 32);
  }

  /** The same with no more images than {@code most}. */
  Samples atMost(int most) {
    return new Samples(Math.min(batch, most), extent);
  }

  /** The size of an image. */
  public ImageSpec image() {
    return new ImageSpec(extent, extent, COLOURS);
  }

  /** [batch, extent, extent, 3]. */
  public Shape shape() {
    return Shape.of(batch, extent, extent, COLOURS);
  }

  /** Normal values, of other images for another prefix. */
  public float[] images(String prefix) {
    float[] values = new float[shape().size()];
    Philox.of(Assembly.SEED, prefix + IMAGES).normals(0, values, 0, values.length);
    return values;
  }

  /** One label per image. */
  public int[] labels() {
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  /** Feeds whose names begin with {@code prefix}, and the scalar feeds {@code rates}. */
  Map<String, HostData> feeds(String prefix, Map<String, Float> rates) {
    Map<String, HostData> feeds = new LinkedHashMap<>();
    feeds.put(prefix + IMAGES, HostData.of(images(prefix)));
    feeds.put(prefix + LABELS, HostData.of(labels()));
    rates.forEach((name, rate) -> feeds.put(name, HostData.of(rate)));
    return feeds;
  }
}
