package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.Optional;

/** The compiled loops of a {@link Call.Reduce}: they take elements of a part into chains. */
interface ReduceLoops {

  /** The loops of a call, where it is of a form that has any. */
  static Optional<ReduceLoops> of(LoopSource source, Call.Reduce call, Frame frame, int pitch) {
    if (!source.suits(call.shape().product())) {
      return Optional.empty();
    }
    return call.shape().product(call.to(), call.shape().rank()) == 1
        ? Optional.of(new LaneLoops(source, call, frame, pitch))
        : ColumnLoops.of(source, call, frame, pitch);
  }

  /** Whether all loops are ready to run; counts the wish to run them over {@code points}. */
  boolean ready(int points);

  /** Floats of its own that a thread needs, the chains at their start included. */
  int fileSize();

  /** Fills what lasts for a range of parts whose first point is {@code from}. */
  void begin(float[] own, int from);

  /**
   * Takes reduced elements into the chains of each result.
   *
   * @param own the thread's memory: chains of result {@code r} begin at {@code r} times a pitch
   * @param from the point given to {@link #begin}
   * @param p the point of the first element
   * @param n number of elements, a part at most
   * @return how many were taken, from the first on
   */
  int take(float[] own, int from, int p, int n);
}
