package espalier.kernels.cpu;

/**
 * Loops over the windows of neighbouring floats, along one axis. Every run must be at least {@link
 * #lanes} long.
 */
interface PoolLoops {

  /**
   * The taps of a window.
   *
   * @param step floats from one tap to the next
   * @param number the number of the first tap
   * @param numberStep from one tap's number to the next one's
   * @param weights what each tap counts for in a mean
   */
  record Taps(int count, int step, int number, int numberStep, float[] weights) {
    /** The number of tap {@code t}. */
    float number(int t) {
      return number + t * numberStep;
    }

    /** Floats from the first tap to the second, or to itself if it is the only one. */
    int second() {
      return Math.min(1, count - 1) * step;
    }

    /** Floats from the first tap to the third, or to the last if there are fewer. */
    int third() {
      return Math.min(2, count - 1) * step;
    }
  }

  /**
   * Floats handled alike: {@code pieces} of {@code length} consecutive ones, some step apart where
   * they are read and where they are written.
   */
  record Run(int pieces, int length, int sourceStep, int targetStep) {}

  /** Floats handled at once. */
  int lanes();

  /** The largest tap of each window; the first of equals, and the first NaN if there is one. */
  void largest(Taps taps, Run run, float[] x, int x0, float[] y, int y0);

  /** {@link #largest} and the numbers of the taps it finds. */
  void locate(
      Taps taps, Run run, float[] x, int x0, float[] y, int y0, float[] numbers, int numbers0);

  /** {@link #largest} and the elements of {@code v} at the taps it finds. */
  void pick(
      Taps taps,
      Run run,
      float[] x,
      int x0,
      float[] v,
      int v0,
      float[] y,
      int y0,
      float[] picked,
      int picked0);

  /** The sum of each window's taps times their weights: one fused chain from zero in order. */
  void weigh(Taps taps, Run run, float[] x, int x0, float[] y, int y0);

  /**
   * The sum from zero in order of those taps of {@code x} at which {@code numbers} holds the tap's
   * number.
   */
  void sumWhere(
      Taps taps, Run run, float[] numbers, int numbers0, float[] x, int x0, float[] y, int y0);
}
