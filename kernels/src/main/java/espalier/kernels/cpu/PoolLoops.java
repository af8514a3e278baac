package espalier.kernels.cpu;

/** Loops over the windows of a patch of an image. */
interface PoolLoops {

  /**
   * A rectangle of taps, seen from the first. Where numbers count, tap {@code (i, j)} has number
   * {@code number + i·rowNumber + j·columnNumber}.
   *
   * @param rowStep floats from one row of taps to the next
   * @param columnStep floats from one column of taps to the next
   * @param rowWeights what each row of taps counts for in a mean
   * @param columnWeights what each column of taps counts for in a mean
   */
  record Window(
      int rowStep,
      int columnStep,
      float[] rowWeights,
      float[] columnWeights,
      int number,
      int rowNumber,
      int columnNumber) {
    /** Rows of taps. */
    int height() {
      return rowWeights.length;
    }

    /** Columns of taps. */
    int width() {
      return columnWeights.length;
    }

    /** The number of a tap. */
    int number(int i, int j) {
      return number + i * rowNumber + j * columnNumber;
    }
  }

  /**
   * Floats whose windows are alike: in each of {@code rows} rows {@code pieces} of {@code length}
   * consecutive ones, some steps apart where they are read and where they are written. The length
   * is a multiple of {@link #lanes}.
   */
  record Patch(
      int rows,
      int sourceRow,
      int targetRow,
      int pieces,
      int sourceStep,
      int targetStep,
      int length) {}

  /** Floats handled at once. */
  int lanes();

  /** The largest tap of each window; the first of equals, and the first NaN if there is one. */
  void largest(Window window, Patch patch, float[] x, int x0, float[] y, int y0);

  /** The numbers of the taps that {@link #largest} finds. */
  void locate(Window window, Patch patch, float[] x, int x0, float[] numbers, int numbers0);

  /** The elements of {@code v} at the taps that {@link #largest} finds. */
  void pick(Window window, Patch patch, float[] x, int x0, float[] v, int v0, float[] y, int y0);

  /**
   * The mean of each window: for each row of taps one fused chain from zero over its elements times
   * their columns' weights, and over these chains times their rows' weights one more.
   */
  void weigh(Window window, Patch patch, float[] x, int x0, float[] y, int y0);

  /**
   * The sum from zero, in row-major order, of those taps of {@code x} at which {@code numbers}
   * holds the tap's number.
   */
  void sumWhere(
      Window window,
      Patch patch,
      float[] numbers,
      int numbers0,
      float[] x,
      int x0,
      float[] y,
      int y0);
}
