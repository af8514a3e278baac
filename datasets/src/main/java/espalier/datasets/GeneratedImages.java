package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Made images of ten shapes, for trying things out without data. An image shows one shape, turned,
 * sized and placed at random, textured before a textured ground, with strokes and specks strewn
 * over it and noise on top. Colours, brightness and covered area say nothing about the class: only
 * the outline does, so a linear classifier has little to go by.
 *
 * @param image the size of the images; one or three channels, sides of at least 16 pixels
 * @param seed images are a function of it, the part and their number alone
 */
public record GeneratedImages(ImageSpec image, Scene scene, long seed) {
  private static final int SMALLEST_SIDE = 16;

  /** What an image shows beside its shape. */
  public enum Scene {
    /** Strokes and specks, before the shape and behind it; the shape lighter or darker. */
    CLUTTERED,
    /** Nothing, and the shape is lighter than its ground: fewer images are enough to learn from. */
    PLAIN
  }

  public GeneratedImages {
    boolean colours = image.channels() == 1 || image.channels() == 3;
    if (!colours || Math.min(image.height(), image.width()) < SMALLEST_SIDE) {
      throw new IllegalArgumentException(
          "generated images have 1 or 3 channels and at least %dx%d pixels, found %s"
              .formatted(SMALLEST_SIDE, SMALLEST_SIDE, image));
    }
  }

  /** Cluttered images. */
  public GeneratedImages(ImageSpec image, long seed) {
    this(image, Scene.CLUTTERED, seed);
  }

  /** Images of 32x32 pixels in colour. */
  public static GeneratedImages standard(long seed) {
    return new GeneratedImages(new ImageSpec(32, 32, 3), seed);
  }

  public static List<String> classNames() {
    return Outline.ALL.stream().map(Outline::name).toList();
  }

  /** The first images to learn from; more of them begin with the same. */
  public Dataset training(int count) {
    return dataset("generated training images", count);
  }

  /** The first images to measure on, unrelated to those to learn from. */
  public Dataset test(int count) {
    return dataset("generated test images", count);
  }

  /** The three parts of a task. */
  public Splits splits(int train, int valid, int test) {
    return Splits.byCount(
            training(Math.addExact(train, valid)), train, valid, Splits.Sampling.STRATIFIED, seed)
        .withTest(test(test));
  }

  private Dataset dataset(String part, int count) {
    int classes = Outline.ALL.size();
    if (count < 1 || (long) count * image.values() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "between 1 and %d images of %s can be generated, found %d"
              .formatted((Integer.MAX_VALUE - 8) / image.values(), image, count));
    }
    var pixels = new byte[count * image.values()];
    var labels = new int[count];
    var random = Philox.of(seed, part);
    var painter = new ScenePainter(image, scene);
    for (int i = 0; i < count; i++) {
      labels[i] = label(random, i, classes);
      painter.paint(Outline.ALL.get(labels[i]), random.trial(i), pixels, i * image.values());
    }
    return Dataset.of(image, pixels, labels, classNames());
  }

  /** Each run of ten images shows each class once, in a random order. */
  private static int label(Philox random, int index, int classes) {
    return random.trial(-1 - index / classes).permutation(classes)[index % classes];
  }

  /**
   * Writes PNG files to {@code folder/train/CLASS} and {@code folder/test/CLASS}, the form that
   * {@link Datasets#open} reads. The folder must not exist; it appears only when it is complete.
   */
  public void writeFolders(Path folder, int training, int test) {
    if (Files.exists(folder)) {
      throw new DataException(
          "%s: exists already; remove it or choose another folder".formatted(folder));
    }
    var whole = folder.toAbsolutePath();
    var partial = whole.resolveSibling("." + whole.getFileName() + ".partial");
    try {
      write(training(training), partial.resolve("train"));
      write(test(test), partial.resolve("test"));
      Files.move(partial, whole);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s: cannot be written (%s); what was written is in %s"
              .formatted(folder, failure.getMessage(), partial),
          failure);
    }
  }

  private void write(Dataset images, Path folder) throws IOException {
    for (var name : classNames()) {
      Files.createDirectories(folder.resolve(name));
    }
    var values = new float[image.values()];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, values, 0);
      var file =
          folder.resolve(images.classNames().get(images.label(i))).resolve("%06d.png".formatted(i));
      try (var out = Files.newOutputStream(file)) {
        out.write(png(values));
      }
    }
  }

  private byte[] png(float[] values) throws IOException {
    int channels = image.channels();
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var picture = new BufferedImage(image.width(), image.height(), type);
    var raster = picture.getRaster();
    for (int i = 0; i < values.length; i++) {
      int pixel = i / channels;
      raster.setSample(
          pixel % image.width(), pixel / image.width(), i % channels, Math.round(255 * values[i]));
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    }
    return bytes.toByteArray();
  }
}
