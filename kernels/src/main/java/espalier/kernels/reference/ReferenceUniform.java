package espalier.kernels.reference;

import espalier.kernels.spi.Call;

/** Counter-based uniform numbers: Philox4x32-10 [Salmon, Moraes, Dror, Shaw 2011]. */
final class ReferenceUniform {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW_WORD = 0xFFFFFFFFL;

  private ReferenceUniform() {}

  static void run(Call.Uniform call, Operands operands) {
    IntCells key = operands.integers(call.key(), 4);
    DoubleCells y = operands.numbers(call.y(), call.elements());
    for (int e = 0; e < call.elements(); e++) {
      int[] counter = {e / 4, key.get(2), key.get(3), call.stream()};
      int word = philox(counter, key.get(0), key.get(1))[e % 4];
      y.set(e, (word >>> 8) * 0x1p-24);
    }
  }

  private static int[] philox(int[] counter, int key0, int key1) {
    int[] c = counter;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (c[0] & LOW_WORD);
      long product1 = MULTIPLIER_1 * (c[2] & LOW_WORD);
      int k0 = key0 + round * WEYL_0;
      int k1 = key1 + round * WEYL_1;
      c =
          new int[] {
            (int) (product1 >>> 32) ^ c[1] ^ k0,
            (int) product1,
            (int) (product0 >>> 32) ^ c[3] ^ k1,
            (int) product0
          };
    }
    return c;
  }
}
