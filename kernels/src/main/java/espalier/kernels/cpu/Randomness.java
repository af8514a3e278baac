package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/** {@link Call.Uniform}: Philox4x32-10, a block cipher over a counter [Salmon et al. 2011]. */
final class Randomness {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;
  private static final int WORDS = 4;

  /** Blocks of four words that make a part for one worker. */
  private static final int BLOCKS = 1 << 11;

  private Randomness() {}

  static void uniform(Call.Uniform call, Frame frame) {
    int[] key = frame.ints(call.key());
    int key0 = frame.at(call.key());
    float[] y = frame.array(call.y());
    int y0 = frame.at(call.y());
    int blocks = (call.elements() + WORDS - 1) / WORDS;
    frame
        .workers()
        .each(
            (blocks + BLOCKS - 1) / BLOCKS,
            part -> {
              int end = Math.min(blocks, (part + 1) * BLOCKS);
              int[] words = new int[WORDS];
              for (int b = part * BLOCKS; b < end; b++) {
                words[0] = b;
                words[1] = key[key0 + 2];
                words[2] = key[key0 + 3];
                words[3] = call.stream();
                philox(words, key[key0], key[key0 + 1]);
                int n = Math.min(WORDS, call.elements() - b * WORDS);
                for (int w = 0; w < n; w++) {
                  y[y0 + b * WORDS + w] = (words[w] >>> 8) * 0x1p-24f;
                }
              }
            });
  }

  /** Replaces the counter in {@code words} by its four random words. */
  static void philox(int[] words, int key0, int key1) {
    int w0 = words[0];
    int w1 = words[1];
    int w2 = words[2];
    int w3 = words[3];
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(w0);
      long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(w2);
      w0 = (int) (product1 >>> Integer.SIZE) ^ w1 ^ k0;
      w1 = (int) product1;
      w2 = (int) (product0 >>> Integer.SIZE) ^ w3 ^ k1;
      w3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    words[0] = w0;
    words[1] = w1;
    words[2] = w2;
    words[3] = w3;
  }
}
