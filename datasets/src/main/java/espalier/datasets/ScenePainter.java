package espalier.datasets;

import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;

/** Paints generated images; one painter paints one image at a time. */
final class ScenePainter {
  /*
   * From back to front: the ground's texture, some of the clutter, the shape with a texture of its
   * own, the rest of the clutter, noise. The shape may be lighter or darker than its ground, so no
   * pixel's value by itself speaks for a class. Lengths are fractions of the shorter side, so larger
   * images show the same scenes in more detail. Each part reads random numbers at its own positions.
   */
  private static final int GEOMETRY = 0;
  private static final int GROUND = 1 << 12;
  private static final int FOREGROUND = 2 << 12;
  private static final int CLUTTER = 3 << 12;
  private static final int NOISE = 4 << 12;
  private static final int DRAWS_PER_PIECE = 8;

  private static final int MAX_PIECES = 6;
  private static final int MIN_PIECES = 3;
  private static final double SMALLEST = 0.37;
  private static final double LARGEST = 0.52;

  /** How far from its centre, in multiples of its size, a shape may be cut by the image's edge. */
  private static final double KEPT_INSIDE = 0.75;

  private static final double NOISE_DEVIATION = 0.04;

  private final ImageSpec image;
  private final GeneratedImages.Scene scene;
  private final double side;
  private final float[] canvas;

  ScenePainter(ImageSpec image, GeneratedImages.Scene scene) {
    this.image = image;
    this.scene = scene;
    this.side = Math.min(image.height(), image.width());
    this.canvas = new float[image.values()];
  }

  /** Writes one image of the outline to {@code pixels[offset …]}; all choices come from random. */
  void paint(Outline outline, Philox random, byte[] pixels, int offset) {
    double ground = 0.2 + 0.6 * random.uniformDouble(GEOMETRY);
    if (scene == GeneratedImages.Scene.PLAIN) {
      paintPlain(outline, random, 0.5 * ground);
      develop(random, pixels, offset);
      return;
    }
    boolean lighter = random.uniformDouble(GEOMETRY + 1) < 0.5 ? ground < 0.65 : ground < 0.35;
    double contrast = 0.26 + 0.18 * random.uniformDouble(GEOMETRY + 2);
    var groundTexture = new Texture(image, random, GROUND, ground);
    var texture =
        new Texture(image, random, FOREGROUND, lighter ? ground + contrast : ground - contrast);

    fill(groundTexture);
    int pieces = MIN_PIECES + random.below(GEOMETRY + 3, MAX_PIECES - MIN_PIECES + 1);
    for (int piece = 0; piece < pieces / 2; piece++) {
      clutter(random, CLUTTER + piece * DRAWS_PER_PIECE);
    }
    shape(outline, texture, random);
    for (int piece = pieces / 2; piece < pieces; piece++) {
      clutter(random, CLUTTER + piece * DRAWS_PER_PIECE);
    }
    develop(random, pixels, offset);
  }

  /** A light shape on a dark ground. */
  private void paintPlain(Outline outline, Philox random, double ground) {
    double contrast = 0.3 + 0.2 * random.uniformDouble(GEOMETRY + 2);
    fill(new Texture(image, random, GROUND, ground));
    shape(outline, new Texture(image, random, FOREGROUND, ground + contrast), random);
  }

  private void fill(Texture texture) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        blend(x, y, texture, texture.at(x, y), 1);
      }
    }
  }

  private void shape(Outline outline, Texture texture, Philox random) {
    double angle =
        scene == GeneratedImages.Scene.PLAIN ? 0 : 2 * Math.PI * random.uniformDouble(GEOMETRY + 4);
    double size = side * (SMALLEST + (LARGEST - SMALLEST) * random.uniformDouble(GEOMETRY + 5));
    double centreX = place(image.width(), size, random.uniformDouble(GEOMETRY + 6));
    double centreY = place(image.height(), size, random.uniformDouble(GEOMETRY + 7));
    double cos = StrictMath.cos(angle) / size;
    double sin = StrictMath.sin(angle) / size;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double dx = x + 0.5 - centreX;
        double dy = y + 0.5 - centreY;
        double distance = size * outline.distance(cos * dx + sin * dy, cos * dy - sin * dx);
        if (distance < 0.5) {
          blend(x, y, texture, texture.at(x, y), coverage(distance));
        }
      }
    }
  }

  private static double place(int extent, double size, double where) {
    double slack = Math.max(0, extent / 2.0 - KEPT_INSIDE * size);
    return extent / 2.0 + slack * (2 * where - 1);
  }

  /** A thin stroke, or a speck: a stroke of almost no length. */
  private void clutter(Philox random, long first) {
    double x0 = image.width() * random.uniformDouble(first);
    double y0 = image.height() * random.uniformDouble(first + 1);
    double angle = 2 * Math.PI * random.uniformDouble(first + 2);
    boolean speck = random.below(first + 3, 3) == 0;
    double length = side * (speck ? 0.01 : 0.15 + 0.35 * random.uniformDouble(first + 4));
    double radius = side * (speck ? 0.05 : 0.018) * (0.8 + 0.6 * random.uniformDouble(first + 5));
    float value = random.uniform(first + 6);
    double x1 = x0 + length * StrictMath.cos(angle);
    double y1 = y0 + length * StrictMath.sin(angle);
    int top = (int) Math.max(0, Math.min(y0, y1) - radius - 1);
    int bottom = (int) Math.min(image.height() - 1.0, Math.max(y0, y1) + radius + 1);
    int left = (int) Math.max(0, Math.min(x0, x1) - radius - 1);
    int right = (int) Math.min(image.width() - 1.0, Math.max(x0, x1) + radius + 1);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double square = Shape.squaredDistance(x + 0.5, y + 0.5, x0, y0, x1, y1);
        float coverage = (float) coverage(StrictMath.sqrt(square) - radius);
        for (int c = 0; c < image.channels(); c++) {
          // Clutter has a colour of its own: each channel turns its value by another third.
          float colour = (value + c * random.uniform(first + 7)) % 1f;
          int i = (y * image.width() + x) * image.channels() + c;
          canvas[i] += coverage * (colour - canvas[i]);
        }
      }
    }
  }

  private void blend(int x, int y, Texture texture, float between, double coverage) {
    int i = (y * image.width() + x) * image.channels();
    for (int c = 0; c < image.channels(); c++) {
      canvas[i + c] += (float) coverage * (texture.channel(c, between) - canvas[i + c]);
    }
  }

  /** The part of a pixel that a straight edge at this distance from its middle covers, roughly. */
  private static double coverage(double distance) {
    return Math.clamp(0.5 - distance, 0.0, 1.0);
  }

  /** Adds noise and rounds to bytes. */
  private void develop(Philox random, byte[] pixels, int offset) {
    for (int i = 0; i < canvas.length; i++) {
      double noisy = canvas[i] + NOISE_DEVIATION * almostNormal(random.bits(NOISE + i));
      pixels[offset + i] = (byte) Math.round(255 * Math.clamp(noisy, 0.0, 1.0));
    }
  }

  /** The sum of four 16-bit numbers, scaled to mean 0 and deviation 1: near enough to normal. */
  private static double almostNormal(long bits) {
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum / 65536.0 - 2) * 1.7320508;
  }
}
