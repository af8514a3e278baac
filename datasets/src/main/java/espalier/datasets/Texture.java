package espalier.datasets;

import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;

/**
 * A random pattern between two colours: bent waves in a random direction, or soft patches. Colours
 * are red, green and blue from 0 to 1.
 */
final class Texture {
  /** Random numbers a texture uses besides those of its patches. */
  static final int DRAWS = 12;

  private static final int CHANNELS = 3;

  private final float[] dark = new float[CHANNELS];
  private final float[] light = new float[CHANNELS];
  private final double waveX;
  private final double waveY;
  private final double phase;
  private final double bend;
  private final double patchSize;
  private final int columns;
  private final float[] corners;

  /**
   * @param random its numbers from position {@code first} on belong to this texture
   * @param brightness in the middle between the two colours
   */
  Texture(ImageSpec image, Philox random, long first, double brightness) {
    double contrast = 0.05 + 0.12 * random.uniformDouble(first);
    for (int c = 0; c < CHANNELS; c++) {
      double tint = 0.3 * (random.uniformDouble(first + 1 + c) - 0.5);
      dark[c] = (float) (brightness + tint - contrast);
      light[c] = (float) (brightness + tint + contrast);
    }
    double angle = 2 * Math.PI * random.uniformDouble(first + 4);
    double cycles = 0.06 + 0.16 * random.uniformDouble(first + 5);
    waveX = cycles * StrictMath.cos(angle);
    waveY = cycles * StrictMath.sin(angle);
    phase = random.uniformDouble(first + 6);
    bend = random.uniformDouble(first + 7);
    patchSize = 2 + 4 * random.uniformDouble(first + 8);
    boolean patches = random.below(first + 9, 2) == 0;
    columns = (int) (image.width() / patchSize) + 2;
    int rows = (int) (image.height() / patchSize) + 2;
    corners = new float[patches ? rows * columns : 0];
    random.uniforms(first + DRAWS, corners, 0, corners.length);
  }

  /** How far a pixel lies between the dark colour (0) and the light one (1). */
  float at(int x, int y) {
    return (float) (corners.length == 0 ? wave(x, y) : patch(x / patchSize, y / patchSize));
  }

  /** The value of channel {@code c} for a pixel that lies so far between the colours. */
  float channel(int c, float between) {
    return dark[c] + between * (light[c] - dark[c]);
  }

  private double wave(double x, double y) {
    double bent = bend * triangle(0.03 * (x - y) + phase);
    return triangle(waveX * x + waveY * y + phase + bent);
  }

  /** Random values on a grid, joined smoothly. */
  private double patch(double x, double y) {
    int corner = ((int) y) * columns + (int) x;
    double right = smooth(x - Math.floor(x));
    double down = smooth(y - Math.floor(y));
    double above = mix(corners[corner], corners[corner + 1], right);
    double below = mix(corners[corner + columns], corners[corner + columns + 1], right);
    return mix(above, below, down);
  }

  private static double mix(double a, double b, double t) {
    return a + t * (b - a);
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  /** A wave of straight lines between 0 and 1, of period 1. */
  private static double triangle(double t) {
    return Math.abs(2 * (t - Math.floor(t)) - 1);
  }
}
