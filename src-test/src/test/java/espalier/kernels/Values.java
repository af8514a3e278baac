package espalier.kernels;

import java.util.SplittableRandom;

/** Numbers that kernels get wrong. */
final class Values {
  /** NaN, infinities, both zeros, denormals, the extremes and ordinary numbers around them. */
  static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    Math.nextUp(1f),
    Math.nextDown(1f),
    0.5f,
    -2f,
    3.5f,
    1e-20f,
    -1e20f
  };

  private static final float[] HARMFUL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    Float.MIN_VALUE,
    -3 * Float.MIN_VALUE,
    Float.MIN_NORMAL
  };

  private Values() {}

  /**
   * Values of one of several kinds: plain, full of ties, of very unequal size, or with specials.
   */
  static float[] mixed(SplittableRandom random, int n) {
    return switch (random.nextInt(6)) {
      case 0 -> ties(random, n);
      case 1 -> unequal(random, n);
      case 2 -> withSpecials(random, n);
      default -> plain(random, n);
    };
  }

  /** Uniform in [−2, 2). */
  static float[] plain(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return values;
  }

  /** Small integers, zeros of both signs among them. */
  static float[] ties(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      int value = random.nextInt(-2, 3);
      values[i] = value == 0 && random.nextBoolean() ? -0f : value;
    }
    return values;
  }

  /** Magnitudes from 2⁻²⁰ to 2²⁰. */
  static float[] unequal(SplittableRandom random, int n) {
    float[] values = plain(random, n);
    for (int i = 0; i < n; i++) {
      values[i] = Math.scalb(values[i], random.nextInt(-20, 21));
    }
    return values;
  }

  /** Plain values with up to three that are not. */
  static float[] withSpecials(SplittableRandom random, int n) {
    float[] values = plain(random, n);
    for (int count = random.nextInt(1, 4); count > 0 && n > 0; count--) {
      values[random.nextInt(n)] = HARMFUL[random.nextInt(HARMFUL.length)];
    }
    return values;
  }
}
