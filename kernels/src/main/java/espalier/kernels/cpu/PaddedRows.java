package espalier.kernels.cpu;

import java.util.Arrays;

/**
 * Rows of an image with zeros between them: those after a row's pixels are also those before the
 * next row's.
 *
 * @param channels of a pixel
 * @param rows of the image
 * @param width pixels of a row
 * @param gap pixels of zeros before the first row, between rows and after the last
 */
record PaddedRows(int channels, int rows, int width, int gap) {
  /** Floats from row to row. */
  int pitch() {
    return (gap + width) * channels;
  }

  /** Floats of all rows and gaps. */
  int room() {
    return rows * pitch() + gap * channels;
  }

  /** Where a pixel of a row is; pixels of zeros have negative numbers or those beyond the width. */
  int at(int row, int pixel) {
    return row * pitch() + (gap + pixel) * channels;
  }

  /** Copies rows {@code from … to − 1} of the image at {@code source0} to their places. */
  void copy(int from, int to, float[] source, int source0, float[] target, int target0) {
    int row = width * channels;
    int zeros = gap * channels;
    int start = target0 + from * pitch();
    for (int r = from; r < to; r++) {
      Arrays.fill(target, start, start + zeros, 0);
      System.arraycopy(source, source0 + r * row, target, start + zeros, row);
      start += pitch();
    }
    Arrays.fill(target, start, start + zeros, 0);
  }
}
