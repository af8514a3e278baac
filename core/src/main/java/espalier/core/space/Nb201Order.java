package espalier.core.space;

/**
 * The order in which NAS-Bench-201 numbers its architectures: all strings in lexicographic order of
 * the operations' table, shuffled once by the generator that its authors' language has, with their
 * seed.
 */
final class Nb201Order {
  /*
   * The generator is MT19937 [Matsumoto and Nishimura 1998] initialised by the array {SEED}; the
   * shuffle is Fisher and Yates' from the last element down, each position drawn by rejection from
   * the upper bits of one output.
   */
  private static final int SEED = 88;

  private static final int SIZE = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[SIZE];
  private int next = SIZE;

  private Nb201Order() {
    initialise(19650218);
    int i = 1;
    for (int k = 0; k < SIZE; k++) {
      state[i] = (state[i] ^ (mixed(i) * 1664525)) + SEED;
      i = following(i);
    }
    for (int k = 0; k < SIZE - 1; k++) {
      state[i] = (state[i] ^ (mixed(i) * 1566083941)) - i;
      i = following(i);
    }
    state[0] = 0x80000000;
  }

  /** For each index the position in lexicographic order. */
  static int[] lexicographic(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Nb201Order random = new Nb201Order();
    for (int i = count - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** For each position in lexicographic order the index: the inverse. */
  static int[] official(int[] lexicographic) {
    int[] official = new int[lexicographic.length];
    for (int i = 0; i < lexicographic.length; i++) {
      official[lexicographic[i]] = i;
    }
    return official;
  }

  private void initialise(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  private int mixed(int i) {
    return state[i - 1] ^ (state[i - 1] >>> 30);
  }

  /** The place after {@code i}; past the last one, the first takes its value. */
  private int following(int i) {
    if (i < SIZE - 1) {
      return i + 1;
    }
    state[0] = state[SIZE - 1];
    return 1;
  }

  private int below(int bound) {
    int shift = Integer.numberOfLeadingZeros(bound);
    int drawn = output() >>> shift;
    while (drawn >= bound) {
      drawn = output() >>> shift;
    }
    return drawn;
  }

  private int output() {
    if (next == SIZE) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C5680;
    y ^= (y << 15) & 0xEFC60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7FFFFFFF);
      state[i] = state[(i + MIDDLE) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
    }
    next = 0;
  }
}
