package espalier.kernels.cpu;

/** A loop that {@link LoopCode} describes. Has no state. */
interface PointLoop {

  /**
   * Runs the loop.
   *
   * @param rounds how often the body runs
   * @param pitch floats between the points of one round and the next; matters to {@link
   *     LoopCode#pitched} loops only
   * @param arrays the array of each source, then of each result
   * @param at where in its array each begins
   */
  void run(int rounds, int pitch, float[][] arrays, int[] at);
}
