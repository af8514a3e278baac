package espalier.core.random;

import java.nio.charset.StandardCharsets;

/**
 * An endless sequence of random numbers that is a pure function of (seed, purpose, trial, step).
 * Each number is addressed by its position, so nothing is consumed: any thread may read any part in
 * any order, and a resumed run continues by counting alone.
 *
 * <p>The generator is Philox4x32 with ten rounds [Salmon et al.: Parallel Random Numbers: As Easy
 * as 1, 2, 3, SC 2011].
 */
public final class Philox {
  /*
   * One block of Philox turns a 128-bit counter into 128 random bits, two 64-bit words. The counter
   * holds the block's number (low half) and the step (high half). The 64-bit key is itself drawn:
   * the seed, the purpose and the trial are absorbed one after the other, each as the counter of a
   * block under the key so far. Streams of different names thus have unrelated keys.
   *
   * Everything is integer arithmetic, exact scaling or StrictMath, so all machines agree on the bits.
   */
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int KEY_STEP_0 = 0x9E3779B9;
  private static final int KEY_STEP_1 = 0xBB67AE85;

  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private static final float FLOAT_ULP = 0x1p-24f;
  private static final double DOUBLE_ULP = 0x1p-53;

  private final long key;
  private final long step;

  private Philox(long key, long step) {
    this.key = key;
    this.step = step;
  }

  /** The sequence for a purpose, such as {@code "dropout"}; trial and step are 0. */
  public static Philox of(long seed, String purpose) {
    return new Philox(word(seed, hash(purpose), purpose.length(), 0), 0);
  }

  /** The sequence for one trial of this purpose; trials of trials are allowed. */
  public Philox trial(long trial) {
    return new Philox(word(key, trial, -1L, 0), step);
  }

  /** The sequence for one step; steps are counted absolutely, not from this sequence's own. */
  public Philox step(long absolute) {
    return new Philox(key, absolute);
  }

  /** 64 random bits at a position. */
  public long bits(long position) {
    return word(key, position >>> 1, step, (int) position & 1);
  }

  /** A float of [0, 1): a multiple of 2<sup>-24</sup>. */
  public float uniform(long position) {
    return (bits(position) >>> 40) * FLOAT_ULP;
  }

  /** A double of [0, 1): a multiple of 2<sup>-53</sup>. */
  public double uniformDouble(long position) {
    return (bits(position) >>> 11) * DOUBLE_ULP;
  }

  /** A whole number of [0, bound); each is as likely as another up to bound / 2<sup>64</sup>. */
  public int below(long position, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, found %d".formatted(bound));
    }
    return (int) Math.unsignedMultiplyHigh(bits(position), bound);
  }

  /** A number of the standard normal distribution, by the Box-Muller transform. */
  public double normal(long position) {
    long word = bits(position);
    double radius = ((word >>> 32) + 1) * 0x1p-32;
    double angle = (word & 0xFFFFFFFFL) * 0x1p-32;
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }

  /** The uniform floats at positions {@code first}, {@code first + 1}, … */
  public void uniforms(long first, float[] target, int offset, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = uniform(first + i);
    }
  }

  /** The normal numbers at positions {@code first}, {@code first + 1}, …, rounded to floats. */
  public void normals(long first, float[] target, int offset, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = (float) normal(first + i);
    }
  }

  /** A random order of 0 … n-1, all orders alike; it uses positions 0 … n-1. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order, 0, n);
    return order;
  }

  /**
   * Puts values {@code from … to-1} into a random order (Fisher-Yates); it uses positions 0 …
   * to-from-1.
   */
  public void shuffle(int[] values, int from, int to) {
    for (int i = to - from - 1; i > 0; i--) {
      int j = below(i, i + 1);
      int swapped = values[from + i];
      values[from + i] = values[from + j];
      values[from + j] = swapped;
    }
  }

  /**
   * The bare Philox4x32-10 function.
   *
   * @param counter four 32-bit words
   * @param key two 32-bit words
   * @return four random 32-bit words
   */
  public static int[] block(int[] counter, int[] key) {
    long low = join(counter[0], counter[1]);
    long high = join(counter[2], counter[3]);
    long first = word(join(key[0], key[1]), low, high, 0);
    long second = word(join(key[0], key[1]), low, high, 1);
    return new int[] {
      (int) first, (int) (first >>> 32), (int) second, (int) (second >>> 32),
    };
  }

  private static long join(int low, int high) {
    return (low & 0xFFFFFFFFL) | ((long) high << 32);
  }

  /** Word {@code which} (0 or 1) of the block of a 128-bit counter, given as two halves. */
  private static long word(long key, long counterLow, long counterHigh, int which) {
    int c0 = (int) counterLow;
    int c1 = (int) (counterLow >>> 32);
    int c2 = (int) counterHigh;
    int c3 = (int) (counterHigh >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
      long product1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += KEY_STEP_0;
      k1 += KEY_STEP_1;
    }
    return which == 0 ? join(c0, c1) : join(c2, c3);
  }

  /** FNV-1a of the purpose's UTF-8 form: stable, unlike a hash that a library may change. */
  private static long hash(String purpose) {
    long hash = FNV_BASIS;
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
