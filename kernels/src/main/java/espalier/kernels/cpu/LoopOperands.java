package espalier.kernels.cpu;

import espalier.kernels.cpu.LoopSlot.Place;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Where the inputs of a call lie for compiled loops, and the thread's memory that takes. */
final class LoopOperands {
  /*
   * An operand repeated over the points is read into vectors once per run of a loop where a round
   * is a multiple of its period. Else it lies in a row longer than a chunk by a period, so that any
   * phase is a place to start. Operands with any other walk are copied to a row chunk by chunk.
   */

  /** Floats between rows that keep them out of each other's cache sets. */
  private static final int GAP = 16;

  /** The longest period of a row that is filled once per range. */
  private static final int LONGEST_PERIOD = 1024;

  private final LoopSlot[] slots;
  private final List<LoopSlot.Row> perRange = new ArrayList<>();
  private final List<LoopSlot.Row> perChunk = new ArrayList<>();
  private int fileSize;

  /**
   * Places inputs.
   *
   * @param round points of a round
   * @param longest the longest period that divides a round
   * @param chunk points evaluated at a time
   * @param copied inputs to be copied to rows whatever their walk
   * @param taken floats at the start of the thread's memory that belong to somebody else
   */
  LoopOperands(
      List<Operand> operands,
      Access[] accesses,
      Frame frame,
      int round,
      int longest,
      int chunk,
      IntPredicate copied,
      int taken) {
    this.slots = new LoopSlot[operands.size()];
    this.fileSize = taken;
    for (int i = 0; i < slots.length; i++) {
      Access access = accesses[i];
      Ref ref = operands.get(i).ref();
      Place place = copied.test(i) ? Place.ROW : place(access, longest);
      int period = access.kind() == Access.Kind.PERIODIC ? access.period() : 1;
      int length =
          switch (place) {
            case MOVING, SCALAR -> 0;
            case REPEATED -> round + period;
            case PERIODIC -> chunk + period;
            case ROW -> chunk;
          };
      if (length == 0) {
        slots[i] = new LoopSlot(place, frame.home(ref), 0, 1);
      } else {
        slots[i] = LoopSlot.own(place, newRow(length), period);
        (place == Place.ROW ? perChunk : perRange)
            .add(new LoopSlot.Row(frame.home(ref), access, slots[i].start(), length));
      }
    }
  }

  private static Place place(Access access, int longest) {
    return switch (access.kind()) {
      case LINEAR -> Place.MOVING;
      case UNIFORM -> Place.SCALAR;
      case PERIODIC ->
          access.period() <= longest
              ? Place.REPEATED
              : access.period() <= LONGEST_PERIOD ? Place.PERIODIC : Place.ROW;
      case STRIDED -> Place.ROW;
    };
  }

  /** Takes a row of the thread's memory; answers where it starts. */
  int newRow(int length) {
    int start = fileSize;
    fileSize += length + GAP;
    return start;
  }

  /** Floats of the thread's memory that are taken. */
  int fileSize() {
    return fileSize;
  }

  /** Where an input lies. */
  LoopSlot slot(int input) {
    return slots[input];
  }

  /** Fills the rows that last for a range from point {@code from} on. */
  void beginRange(int from, float[] own) {
    for (LoopSlot.Row row : perRange) {
      row.fill(from, own);
    }
  }

  /** Fills the rows that hold the points from {@code p} on. */
  void beginChunk(int p, float[] own) {
    for (LoopSlot.Row row : perChunk) {
      row.fill(p, own);
    }
  }

  /** Whether some rows hold a chunk of points each. */
  boolean haveChunks() {
    return !perChunk.isEmpty();
  }
}
