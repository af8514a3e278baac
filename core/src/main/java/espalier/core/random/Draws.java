package espalier.core.random;

import java.math.BigInteger;

/** Random numbers taken from a sequence one after the other, from its first on. */
public final class Draws {
  private static final int WORD = Long.SIZE;

  private final Philox random;
  private long next;

  /** The numbers of {@code random} from position 0 on. */
  public Draws(Philox random) {
    this.random = random;
  }

  /** Uniform in [0, bound). */
  public int below(int bound) {
    return random.below(next++, bound);
  }

  /** Uniform in [0, 1). */
  public double uniform() {
    return random.uniformDouble(next++);
  }

  /** Uniform in [-bound, bound). */
  public double within(double bound) {
    return bound * (2 * uniform() - 1);
  }

  /** True this often. */
  public boolean chance(double odds) {
    return uniform() < odds;
  }

  /** True as often as not. */
  public boolean coin() {
    return below(2) == 1;
  }

  /** Uniform in [0, bound), but for one part in 2⁶⁴. */
  public BigInteger below(BigInteger bound) {
    BigInteger number = BigInteger.ZERO;
    for (int bits = -WORD; bits < bound.bitLength(); bits += WORD) {
      BigInteger word = new BigInteger(Long.toUnsignedString(random.bits(next++)));
      number = number.shiftLeft(WORD).add(word);
    }
    return number.mod(bound);
  }
}
