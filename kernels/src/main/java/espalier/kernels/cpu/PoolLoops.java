package espalier.kernels.cpu;

/** Loops over the windows of a stretch of pixels. */
interface PoolLoops {

  /**
   * A rectangle of taps: tap {@code (i, j)} is {@code i·rowPitch + j·columnPitch} floats behind the
   * first.
   */
  record Window(int height, int width, int rowPitch, int columnPitch) {
    int taps() {
      return height * width;
    }
  }

  /**
   * Floats handled alike: {@code pixels} pieces of {@code length} consecutive ones, some step apart
   * where they are read and where they are written.
   */
  record Run(int pixels, int length, int sourceStep, int targetStep) {}

  /** How taps are numbered: tap {@code (i, j)} is {@code first + i·pitch + j·step}. */
  record Numbering(int first, int pitch, int step) {}

  /** The largest tap of each window; the first of equals, and the first NaN if there is one. */
  void max(Window window, Run run, float[] x, int x0, float[] y, int y0);

  /** The numbers of the taps that {@link #max} finds. */
  void argmax(Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0);

  /** The elements of {@code v} at the taps that {@link #max} finds. */
  void pick(Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0);

  /** The sum of each window from zero in row-major order, divided by {@code divisor}. */
  void mean(Window window, Run run, float divisor, float[] x, int x0, float[] y, int y0);

  /** Adds the taps of each window to {@code y} in row-major order. */
  void add(Window window, Run run, float[] x, int x0, float[] y, int y0);

  /**
   * Adds those taps of each window to {@code y}, in row-major order, at which {@code codes} holds
   * the tap's number.
   */
  void addWhere(
      Window window,
      Run run,
      Numbering numbering,
      float[] codes,
      int codes0,
      float[] x,
      int x0,
      float[] y,
      int y0);
}
