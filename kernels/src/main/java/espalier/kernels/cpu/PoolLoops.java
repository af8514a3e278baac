package espalier.kernels.cpu;

/** Loops over the windows of a stretch of pixels. A window may be empty only where it is summed. */
interface PoolLoops {

  /**
   * A rectangle of taps: tap {@code (i, j)} is {@code i·rowPitch + j·columnPitch} floats behind the
   * first.
   */
  record Window(int height, int width, int rowPitch, int columnPitch) {
    /** Number of taps. */
    int taps() {
      return height * width;
    }

    /** Offset of the last tap. */
    int extent() {
      return taps() == 0 ? 0 : (height - 1) * rowPitch + (width - 1) * columnPitch;
    }
  }

  /**
   * Floats handled alike: {@code pixels} pieces of {@code length} consecutive ones, some step apart
   * where they are read and where they are written.
   */
  record Run(int pixels, int length, int sourceStep, int targetStep) {
    /** The pieces from {@code pixel} on. */
    Run from(int pixel) {
      return new Run(pixels - pixel, length, sourceStep, targetStep);
    }
  }

  /** How taps are numbered: tap {@code (i, j)} is {@code first + i·pitch + j·step}. */
  record Numbering(int first, int pitch, int step) {
    /** The number of a tap. */
    int of(int i, int j) {
      return first + i * pitch + j * step;
    }
  }

  /** The largest tap of each window; the first of equals, and the first NaN if there is one. */
  void max(Window window, Run run, float[] x, int x0, float[] y, int y0);

  /** The numbers of the taps that {@link #max} finds. */
  void argmax(Window window, Run run, Numbering numbering, float[] x, int x0, float[] y, int y0);

  /** The elements of {@code v} at the taps that {@link #max} finds. */
  void pick(Window window, Run run, float[] x, int x0, float[] v, int v0, float[] y, int y0);

  /** The sum of each window from zero in row-major order. */
  void sum(Window window, Run run, float[] x, int x0, float[] y, int y0);

  /** {@link #sum} divided by the number of taps. */
  void mean(Window window, Run run, float[] x, int x0, float[] y, int y0);

  /** {@link #sum} of those taps at which {@code codes} holds the tap's number. */
  void sumWhere(
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
