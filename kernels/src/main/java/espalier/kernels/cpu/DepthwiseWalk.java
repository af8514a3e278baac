package espalier.kernels.cpu;

/**
 * Rows of pixels that a depthwise tile computes, and where each finds its taps. All distances are
 * in elements and may be negative, but the eights of a row always follow each other upwards.
 *
 * @param rows rows of pixels
 * @param sourceRow from row to row of the source
 * @param targetRow from row to row of the target
 * @param tiles eights of pixels in a row
 * @param sourcePixel from pixel to pixel of the source
 * @param targetPixel from pixel to pixel of the target
 * @param tapRows rows of taps that every pixel uses
 * @param sourceTapRow from one row of taps to the next in the source
 * @param weightTapRow from one row of taps to the next in the weights
 * @param tapColumns columns of taps that every pixel uses
 * @param sourceTap from one column of taps to the next in the source
 * @param weightTap from one column of taps to the next in the weights
 */
record DepthwiseWalk(
    int rows,
    int sourceRow,
    int targetRow,
    int tiles,
    int sourcePixel,
    int targetPixel,
    int tapRows,
    int sourceTapRow,
    int weightTapRow,
    int tapColumns,
    int sourceTap,
    int weightTap) {
  /** Pixels of a tile. */
  static final int PIXELS = 8;
}
