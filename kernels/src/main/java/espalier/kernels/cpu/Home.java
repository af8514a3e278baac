package espalier.kernels.cpu;

/** The memory of one operand. Asked for at every run, for it may move in between. */
interface Home {
  /** Nowhere: for operands that lie in a thread's own memory. */
  Home NONE =
      new Home() {
        private final float[] empty = {};

        @Override
        public float[] array() {
          return empty;
        }

        @Override
        public int at() {
          return 0;
        }
      };

  /** The array it lies in. */
  float[] array();

  /** Where in its array it begins. */
  int at();

  /** Whether both are the same memory. */
  @SuppressWarnings("ReferenceEquality") // Whether two names mean the same array is the question.
  default boolean isThatOf(Home other) {
    return array() == other.array() && at() == other.at();
  }
}
