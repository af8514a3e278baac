package espalier.kernels.cpu;

/**
 * Where an operand of a compiled loop lies.
 *
 * @param home the memory of an input or output; not used where it lies in a thread's own
 * @param start where it begins in its memory
 * @param period matters to {@link Place#REPEATED} and {@link Place#PERIODIC}
 */
record LoopSlot(Place place, Home home, int start, int period) {
  /** How the place is found. */
  enum Place {
    /** At {@code start + p} of an input or output. */
    MOVING,
    /** At the start of an input. */
    SCALAR,
    /** As {@link #PERIODIC}, and the same for every round. */
    REPEATED,
    /** At {@code start + (p − from) mod period} of the thread's memory. */
    PERIODIC,
    /** At {@code start} of the thread's memory, for the points at hand. */
    ROW
  }

  /** A place in the thread's memory. */
  static LoopSlot own(Place place, int start, int period) {
    return new LoopSlot(place, Home.NONE, start, period);
  }

  /** The same place {@code by} floats later. */
  LoopSlot shifted(int by) {
    return place == Place.SCALAR ? this : new LoopSlot(place, home, start + by, period);
  }

  /** How a loop reads it. */
  LoopCode.Source source() {
    return switch (place) {
      case MOVING, PERIODIC, ROW -> LoopCode.Source.MOVING;
      case REPEATED -> LoopCode.Source.REPEATED;
      case SCALAR -> LoopCode.Source.SCALAR;
    };
  }

  /** Its array. */
  float[] array(float[] own) {
    return switch (place) {
      case MOVING, SCALAR -> home.array();
      case REPEATED, PERIODIC, ROW -> own;
    };
  }

  /**
   * Where it begins for point {@code p} and those after it.
   *
   * @param from the point that the thread's rows were filled from
   */
  int at(int p, int from) {
    return switch (place) {
      case MOVING -> home.at() + start + p;
      case SCALAR -> home.at();
      case ROW -> start;
      case REPEATED, PERIODIC -> start + (p - from) % period;
    };
  }

  /** A row of a thread's memory that holds what points read of an operand. */
  record Row(Home x, Access access, int start, int length) {

    /** Fills the row with what point {@code p} and those after it read. */
    void fill(int p, float[] own) {
      access.gather(x.array(), x.at(), p, length, own, start);
    }
  }

  /** One loop and its operands. */
  record Bound(WarmingLoop loop, LoopSlot[] slots) {

    /** The arrays of the operands. */
    float[][] arrays(float[] own) {
      float[][] arrays = new float[slots.length][];
      for (int k = 0; k < slots.length; k++) {
        arrays[k] = slots[k].array(own);
      }
      return arrays;
    }

    /** Sets where the operands begin for point {@code p} and those after it. */
    void locate(int p, int from, int[] at) {
      for (int k = 0; k < slots.length; k++) {
        at[k] = slots[k].at(p, from);
      }
    }
  }
}
