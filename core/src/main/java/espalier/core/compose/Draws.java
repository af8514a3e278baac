package espalier.core.compose;

import espalier.core.random.Philox;
import java.math.BigInteger;

/** Random numbers taken from a sequence one after the other. */
final class Draws {
  private static final int WORD = Long.SIZE;

  private final Philox random;
  private long next;

  Draws(Philox random) {
    this.random = random;
  }

  /** Uniform in [0, bound). */
  int below(int bound) {
    return random.below(next++, bound);
  }

  boolean coin() {
    return below(2) == 1;
  }

  /** Uniform in [0, bound), but for one part in 2⁶⁴. */
  BigInteger below(BigInteger bound) {
    BigInteger number = BigInteger.ZERO;
    for (int bits = -WORD; bits < bound.bitLength(); bits += WORD) {
      BigInteger word = new BigInteger(Long.toUnsignedString(random.bits(next++)));
      number = number.shiftLeft(WORD).add(word);
    }
    return number.mod(bound);
  }
}
