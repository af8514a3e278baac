package espalier.datasets;

import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import espalier.core.io.Luma;
import espalier.core.io.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG or JPEG image: red, green and blue as floats of 0 to 255, {@code [H, W, 3]}. Transparent
 * pixels are laid on white.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Picture(Size size, float[] rgb) {
  private static final int CHANNELS = 3;
  private static final float WHITE = 255f;

  /** Height and width in pixels. */
  record Size(int height, int width) {
    long area() {
      return (long) height * width;
    }

    /** The size of the same proportions whose longer side has at most that many pixels. */
    Size atMost(int longest) {
      int side = Math.max(height, width);
      if (side <= longest) {
        return this;
      }
      return new Size(
          Math.max(1, Math.round(height * (float) longest / side)),
          Math.max(1, Math.round(width * (float) longest / side)));
    }
  }

  /** What to do with a reader placed on a file's first image. */
  private interface Use<T> {
    T apply(ImageReader reader) throws IOException;
  }

  /** The size alone, from the file's header. */
  static Size size(Path file) {
    return open(file, reader -> new Size(reader.getHeight(0), reader.getWidth(0)));
  }

  static Picture read(Path file) {
    return of(open(file, reader -> reader.read(0)));
  }

  private static <T> T open(Path file, Use<T> use) {
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes(file)))) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(
            "%s: is no PNG or JPEG image; remove it or get it again".formatted(file));
      }
      var reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return use.apply(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      // The decoders of the JDK let a few unchecked exceptions out when a file is damaged.
      throw new DataException(
          "%s: cannot be decoded (%s); remove it or get it again"
              .formatted(file, damaged.getMessage()),
          damaged);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw DataFile.unreadable(file, failure);
    }
  }

  private static Picture of(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    var rgb = new float[height * width * CHANNELS];
    boolean grey = image.getColorModel().getColorSpace().getNumComponents() == 1;
    for (int h = 0; h < height; h++) {
      for (int w = 0; w < width; w++) {
        int argb = grey ? greyPixel(image, h, w) : image.getRGB(w, h);
        float alpha = (argb >>> 24) / 255f;
        for (int c = 0; c < CHANNELS; c++) {
          int value = (argb >>> (16 - 8 * c)) & 0xFF;
          rgb[(h * width + w) * CHANNELS + c] = alpha * value + (1 - alpha) * WHITE;
        }
      }
    }
    return new Picture(new Size(height, width), rgb);
  }

  /** The stored value of a grey pixel: getRGB would take it for linear light and brighten it. */
  private static int greyPixel(BufferedImage image, int h, int w) {
    var raster = image.getRaster();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    int value = raster.getSample(w, h, 0) >> shift;
    int alpha = raster.getNumBands() > 1 ? raster.getSample(w, h, 1) >> shift : 0xFF;
    return alpha << 24 | value << 16 | value << 8 | value;
  }

  boolean isGrey() {
    for (int i = 0; i < rgb.length; i += CHANNELS) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }

  Picture resized(Size to) {
    var from = new ImageSpec(size.height(), size.width(), CHANNELS);
    return new Picture(to, new Resize(from, to.height(), to.width()).apply(rgb));
  }

  /** Writes the rounded values, as colours or as grey. */
  void write(boolean grey, byte[] pixels, int offset) {
    int next = offset;
    for (int i = 0; i < rgb.length; i += CHANNELS) {
      if (grey) {
        pixels[next++] = (byte) Math.round(Luma.of(rgb[i], rgb[i + 1], rgb[i + 2]));
      } else {
        for (int c = 0; c < CHANNELS; c++) {
          pixels[next++] = (byte) Math.round(rgb[i + c]);
        }
      }
    }
  }
}
