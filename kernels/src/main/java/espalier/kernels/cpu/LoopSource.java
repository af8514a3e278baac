package espalier.kernels.cpu;

/** Where compiled loops come from; the scalar twin has none. */
interface LoopSource {
  /** Points below which no call is worth a class. */
  int FEW_POINTS = 1 << 12;

  /** Bits of a vector. */
  int bits();

  /** Whether a call over {@code points} points is to ask for loops. */
  boolean suits(int points);

  /** The loop of {@code code}, the same for equal codes while it is in use. */
  WarmingLoop loop(LoopCode code);

  /** Nothing is compiled. */
  static LoopSource none() {
    return new LoopSource() {
      @Override
      public int bits() {
        return 0;
      }

      @Override
      public boolean suits(int points) {
        return false;
      }

      @Override
      public WarmingLoop loop(LoopCode code) {
        throw new IllegalStateException("loop: found no compiler of loops, expected one");
      }
    };
  }
}
