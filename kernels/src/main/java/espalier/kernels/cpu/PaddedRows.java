package espalier.kernels.cpu;

import java.util.Arrays;

/**
 * Rows of an image, each with zeros before and after its pixels.
 *
 * @param channels of a pixel
 * @param width pixels of a row
 * @param before pixels of zeros before them
 * @param after pixels of zeros after them
 */
record PaddedRows(int channels, int width, int before, int after) {
  /** Floats from row to row. */
  int pitch() {
    return (before + width + after) * channels;
  }

  /** Where a pixel of a row is; pixels of zeros have negative numbers or those beyond the width. */
  int at(int row, int pixel) {
    return row * pitch() + (before + pixel) * channels;
  }

  /** Copies rows {@code from … to − 1} of the image at {@code source0} to their places. */
  void copy(int from, int to, float[] source, int source0, float[] target, int target0) {
    int row = width * channels;
    for (int r = from; r < to; r++) {
      int start = target0 + r * pitch();
      int pixels = target0 + at(r, 0);
      Arrays.fill(target, start, pixels, 0);
      System.arraycopy(source, source0 + r * row, target, pixels, row);
      Arrays.fill(target, pixels + row, start + pitch(), 0);
    }
  }
}
