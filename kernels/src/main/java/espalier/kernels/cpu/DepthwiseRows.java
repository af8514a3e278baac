package espalier.kernels.cpu;

/**
 * Rows of output pixels that a gradient of depthwise weights passes over. All distances are in
 * elements.
 *
 * @param count rows of pixels
 * @param xRow from row to row of x
 * @param dyRow from row to row of dy
 * @param pixels pixels of a row
 * @param xPixel from pixel to pixel of x
 * @param dyPixel from pixel to pixel of dy
 * @param xTap from tap to tap of x
 * @param xTapRow from one row of taps to the next of x
 */
record DepthwiseRows(
    int count, int xRow, int dyRow, int pixels, int xPixel, int dyPixel, int xTap, int xTapRow) {}
